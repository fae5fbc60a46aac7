"""All exercises of the chapters stand in one list, whatever their form, and lead to their place and to their answer."""

import re

CHAPTER = """# History

## Exercises

**1. By hand.** Let it learn $x^2$. How long does it take?

```{admonition} Hint
Try.
```

```{admonition} Answer
Long.
```

**2. Run it.** Is it so?
"""
OTHER = """# Summary

## Exercises

```{admonition} 1. Two at a time
Which pair is it? Guess.
```

## Not exercises

**1. Something.** Else.
"""
INDEX = "# Toy\n\n```{toctree}\nhistory\nsummary\nteach\n```\n"
TEACH = "# Teach\n\n```{exercises}\n```\n"
PAGES = {"index": INDEX, "history": CHAPTER, "summary": OTHER, "teach": TEACH}


def listed(html):
    return re.findall(r"<li><p><strong>(.*?)</strong> (.*?) <small>(.*?)</small></p>", html, re.DOTALL)


def test_each_leads_to_its_place_and_to_its_answer(build):
    built = build(settings={"myst_enable_extensions": ["dollarmath"]}, **PAGES)
    assert built.status == 0, built.said
    first, second, third = listed(built.page("teach"))
    assert first[:2] == ("By hand", "Let it learn x^2.")
    assert re.findall('href="([^"]+)"', first[2]) == [
        "history.html#exercise-history-1", "history.html#answer-history-1",
    ]  # fmt: skip
    assert re.findall('href="([^"]+)"', second[2]) == ["history.html#exercise-history-2"]
    assert third[:2] == ("Two at a time", "Which pair is it?")
    for anchor in ("exercise-history-1", "answer-history-1", "exercise-history-2"):
        assert built.page("history").count(f'id="{anchor}"') == 1
    assert built.page("summary").count('id="exercise-summary-1"') == 1


def test_the_list_follows_the_chapters(build):
    build(**PAGES)
    changed = build(history=CHAPTER.replace("Run it", "Measure it"))
    assert [title for title, *_ in listed(changed.page("teach"))] == ["By hand", "Measure it", "Two at a time"]
