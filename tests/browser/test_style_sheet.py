"""The style sheet that was cut to what the pages use draws as the whole ones do."""

from pathlib import Path

import pytest

from lecture.publishing.site import bundle, strict

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

COMPARE = Path(__file__).with_name("compare.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["gradient_vanishing.html", "gallery/index.html", "ledger.html"])
def test_the_cut_style_sheet_draws_every_element_as_the_whole_ones_do(site, address, visit, name):
    static = site.folder / "_static"
    whole = [next(static.glob(pattern)).relative_to(static).as_posix() for pattern in bundle.STYLES]
    for width in (390, 1280):
        page = visit(name, width=width, color_scheme="dark", bypass_csp=True)
        page.wait_for_load_state("networkidle")
        inline = strict.rules_of(iter([page.content()]))
        elements, differ = page.evaluate(COMPARE, [[f"{address}/_static/{path}" for path in whole], inline])
        assert elements > 100
        assert differ == []
