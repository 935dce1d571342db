"""OpenAI, and every server that speaks its chat protocol: Ollama, llama.cpp, vLLM."""

from __future__ import annotations

from typing import Any

import openai
from openai.types.chat import ChatCompletion

from interview_coach.ai.clock_limit import within
from interview_coach.ai.defaults import DEFAULT_MODELS, is_paid
from interview_coach.ai.retry_after import seconds_to_wait
from interview_coach.ai.types import Call, EngineError, Reply

# These decide about randomness themselves and refuse to be told.
_FIXED_TEMPERATURE = ("o1", "o3", "o4", "gpt-5")


class OpenAICompatible:
    """An engine at `base_url`, or at OpenAI itself. Any other host costs nothing here: whoever
    runs it knows what it costs, we do not."""

    name = "openai"

    def __init__(
        self, api_key: str | None, model: str | None = None, base_url: str | None = None
    ) -> None:
        self.model = model or DEFAULT_MODELS[self.name]
        self.paid = is_paid(self.name, base_url)
        self._client = openai.OpenAI(
            # Local servers want none, the client insists on one.
            api_key=api_key or "none",
            base_url=base_url,
            max_retries=0,
        )
        self._knows_schemas = True

    def ask(self, call: Call) -> Reply:
        """One answer as JSON text."""
        return within(call.seconds, lambda: self._ask(call))

    def _ask(self, call: Call) -> Reply:
        try:
            return _read(self._send(call))
        except openai.BadRequestError as error:
            if not self._knows_schemas or "response_format" not in str(error):
                raise EngineError("rejected", f"{error.status_code} {error.code or ''}") from error
            # Older servers know JSON but no schemas; the shape stands in the prompt as well.
            self._knows_schemas = False
        except openai.APITimeoutError as error:
            raise EngineError("timeout", type(error).__name__) from error
        except openai.APIConnectionError as error:
            raise EngineError("connection", type(error).__name__) from error
        except openai.APIStatusError as error:
            raise _typed(error) from error
        except openai.OpenAIError as error:
            raise EngineError("server_error", type(error).__name__) from error
        except (ValueError, AttributeError, TypeError) as error:
            # The client hands on a body it does not know as it came.
            raise EngineError("server_error", "the answer is not OpenAI's format") from error
        return self._ask(call)

    def _send(self, call: Call) -> ChatCompletion:
        shape: dict[str, Any] = {"type": "json_object"}
        if self._knows_schemas:
            shape = {
                "type": "json_schema",
                "json_schema": {"name": call.shape_name, "schema": call.schema, "strict": False},
            }
        more: dict[str, Any] = {}
        if not self.model.startswith(_FIXED_TEMPERATURE):
            more["temperature"] = call.temperature
        # Only OpenAI itself knows the newer name.
        limit = "max_completion_tokens" if self.paid else "max_tokens"
        more[limit] = call.most_tokens
        answer: ChatCompletion = self._client.chat.completions.create(  # type: ignore[call-overload]
            model=self.model,
            messages=[
                {"role": "system", "content": call.system},
                {"role": "user", "content": call.user},
            ],
            response_format=shape,
            timeout=call.seconds,
            **more,
        )
        return answer


def _typed(error: openai.APIStatusError) -> EngineError:
    detail = f"{error.status_code} {error.code or ''}".strip()
    wait = seconds_to_wait(error.response.headers)
    if error.status_code == 429:
        if error.code == "insufficient_quota":
            # Waiting does not fill an account.
            return EngineError("rejected", detail)
        return EngineError("rate_limited", detail, retry_after=wait)
    if error.status_code in {408, 504}:
        return EngineError("timeout", detail)
    if error.status_code >= 500:
        return EngineError("server_error", detail, retry_after=wait)
    return EngineError("rejected", detail)


def _read(answer: ChatCompletion) -> Reply:
    usage = answer.usage
    choice = answer.choices[0] if answer.choices else None
    text = (choice.message.content or "") if choice else ""
    reply = Reply(
        text,
        usage.prompt_tokens if usage else None,
        usage.completion_tokens if usage else None,
    )
    if choice is not None and choice.message.refusal:
        raise EngineError("refused", "the model refused", reply=reply)
    if choice is not None and choice.finish_reason == "content_filter":
        raise EngineError("refused", "stopped by a content filter", reply=reply)
    if choice is not None and choice.finish_reason == "length":
        raise EngineError("cut_short", "the answer was longer than allowed", reply=reply)
    if not text.strip():
        raise EngineError("empty", "no text", reply=reply)
    return reply
