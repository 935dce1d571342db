"""Gemini through google-genai."""

from __future__ import annotations

import httpx
from google import genai
from google.genai import errors, types

from interview_coach.ai.clock_limit import within
from interview_coach.ai.defaults import DEFAULT_MODELS
from interview_coach.ai.retry_after import seconds_to_wait
from interview_coach.ai.types import Call, EngineError, Reply

_REFUSALS = {
    "SAFETY",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "RECITATION",
    "LANGUAGE",
    "MODEL_ARMOR",
}


class Gemini:
    """An engine on the Gemini API, or on whatever speaks its protocol at `base_url`."""

    name = "gemini"
    paid = True

    def __init__(self, api_key: str, model: str | None = None, base_url: str | None = None) -> None:
        self.model = model or DEFAULT_MODELS[self.name]
        # The router alone retries: two layers of retries would multiply the waiting.
        self._client = genai.Client(
            api_key=api_key,
            http_options=types.HttpOptions(
                base_url=base_url,
                # Schemas of answers are documented for this one.
                api_version="v1beta",
                # Given one, the client cannot choose the other library whose errors differ.
                httpx_client=httpx.Client(),
                retry_options=types.HttpRetryOptions(attempts=1),
            ),
        )

    def ask(self, call: Call) -> Reply:
        """One answer as JSON text."""
        return within(call.seconds, lambda: self._ask(call))

    def _ask(self, call: Call) -> Reply:
        config = types.GenerateContentConfig(
            system_instruction=call.system,
            temperature=call.temperature,
            max_output_tokens=call.most_tokens,
            response_mime_type="application/json",
            response_json_schema=call.schema,
            http_options=types.HttpOptions(timeout=round(call.seconds * 1000)),
        )
        try:
            answer = self._client.models.generate_content(
                model=self.model, contents=call.user, config=config
            )
        except errors.APIError as error:
            raise _typed(error) from error
        except httpx.TimeoutException as error:
            raise EngineError("timeout", type(error).__name__) from error
        except (httpx.HTTPError, OSError) as error:
            raise EngineError("connection", type(error).__name__) from error
        except ValueError as error:
            # The body of an answer that is no JSON at all is not an APIError to the client.
            raise EngineError("server_error", "the answer is not Gemini's format") from error
        return _read(answer)


def _typed(error: errors.APIError) -> EngineError:
    detail = f"{error.code} {error.status or ''}".strip()
    headers = getattr(error.response, "headers", None)
    if error.code == 429:
        return EngineError("rate_limited", detail, retry_after=seconds_to_wait(headers))
    if error.code in {408, 504}:
        return EngineError("timeout", detail)
    if error.code >= 500:
        return EngineError("server_error", detail, retry_after=seconds_to_wait(headers))
    return EngineError("rejected", detail)


def _read(answer: types.GenerateContentResponse) -> Reply:
    usage = answer.usage_metadata
    tokens_out = None
    if usage is not None and usage.candidates_token_count is not None:
        # What the model thinks is billed as what it says.
        tokens_out = usage.candidates_token_count + (usage.thoughts_token_count or 0)
    candidate = answer.candidates[0] if answer.candidates else None
    parts = candidate.content.parts if candidate and candidate.content else None
    text = "".join(part.text or "" for part in parts or () if not part.thought)
    reply = Reply(text, usage.prompt_token_count if usage else None, tokens_out)
    blocked = answer.prompt_feedback.block_reason if answer.prompt_feedback else None
    if blocked is not None:
        raise EngineError("refused", f"prompt blocked: {blocked.value}", reply=reply)
    reason = candidate.finish_reason.value if candidate and candidate.finish_reason else ""
    if reason in _REFUSALS:
        raise EngineError("refused", f"finished by {reason}", reply=reply)
    if reason == "MAX_TOKENS":
        raise EngineError("cut_short", "the answer was longer than allowed", reply=reply)
    if not text.strip():
        raise EngineError("empty", f"no text, finished by {reason or 'nothing'}", reply=reply)
    return reply
