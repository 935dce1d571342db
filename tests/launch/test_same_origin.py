"""One build talks to wherever it was loaded from."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_coach.launch.same_origin import UnexpectedBuildError, rewrite

_ENVIRONMENT = (
    "var e={PING:`http://localhost:8000/ping`,EVENT:`ws://localhost:8000/_event`,"
    "HEALTH:'https://coach.example.org/_health',TRANSPORT:`websocket`,TEST_MODE:!1};export{e as t};"
)
_STATE = "let a=1,SAME_DOMAIN_HOSTNAMES=[`localhost`,`0.0.0.0`,`::`],token;"


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """An exported page, as far as it matters here."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "reflex-env-BVGF6eGS.js").write_text(_ENVIRONMENT, encoding="utf-8")
    (assets / "components-1.js").write_text(_STATE, encoding="utf-8")
    (assets / "page-2.js").write_text("let b=`http://www.w3.org/2000/svg`;", encoding="utf-8")
    return tmp_path


def test_every_address_becomes_the_pages_own(static: Path) -> None:
    rewrite(static)
    script = (static / "assets" / "reflex-env-BVGF6eGS.js").read_text(encoding="utf-8")
    assert "localhost" not in script
    assert "example.org" not in script
    assert "PING:`${window.location.origin}/ping`" in script
    assert "HEALTH:`${window.location.origin}/_health`" in script
    assert "`wss`:`ws`}://${window.location.host}/_event`" in script
    assert "TRANSPORT:`websocket`" in script


def test_a_port_behind_https_is_kept(static: Path) -> None:
    rewrite(static)
    script = (static / "assets" / "components-1.js").read_text(encoding="utf-8")
    assert script == "let a=1,SAME_DOMAIN_HOSTNAMES=[],token;"


def test_other_files_stay_as_they_are(static: Path) -> None:
    rewrite(static)
    other = (static / "assets" / "page-2.js").read_text(encoding="utf-8")
    assert other == "let b=`http://www.w3.org/2000/svg`;"


@pytest.mark.parametrize("missing", ["reflex-env-BVGF6eGS.js", "components-1.js"])
def test_a_build_of_another_shape_fails_loudly(static: Path, missing: str) -> None:
    (static / "assets" / missing).unlink()
    with pytest.raises(UnexpectedBuildError):
        rewrite(static)
