"""The ways in which scoring compares an answer with key points, for what must hold in each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.scored import compare_with
from tests.support.text_models import build_embedder, meaning_in, trained_folder, trained_is_here

# The small model stands in where the trained one is not, whose skipping tells so.
_MODELS = ("trained model",) if trained_is_here() else ("small model", "trained model")


@pytest.fixture(scope="module", params=["words", *_MODELS])
def way_of_comparing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Score by the words alone, then with a model."""
    if request.param == "small model":
        compare_with(meaning_in(build_embedder(tmp_path_factory.mktemp("small"))))
    elif request.param == "trained model":
        compare_with(meaning_in(trained_folder()))
    yield
    compare_with(None)
