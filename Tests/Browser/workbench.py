#!/usr/bin/env python3
"""Tests of the workbench in a real browser. `Scripts/browser-test` runs them."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

import axe
from chromium import Chromium, find
from server import Server, program, root

SEED = os.path.join(root, "Scenarios", "russia-iran.yaml")
CHECKER = open(os.path.join(os.path.dirname(__file__), "accessibility.js")).read()
SETTLED = "document.body.dataset.settled !== undefined"
PERCENT = "document.getElementById('percent').textContent"

# Whether the element e shows that it has the focus: an outline, of the editor around the text, or
# the frame of a branch in a drawing.
FOCUS_SHOWN = (
    "[e, e.closest('.editor') ?? e].some((x) => getComputedStyle(x).outlineStyle !== 'none')"
    " || [...e.querySelectorAll(':scope > .fig-hit')].some((x) => getComputedStyle(x).stroke !== 'none')")


class Bench:
    """A browser at a workbench with a copy of a scenario, the seed question's by default."""

    def __init__(self, scenario=SEED, browser=None):
        self.folder = tempfile.mkdtemp(prefix="entente-workbench-")
        self.file = os.path.join(self.folder, os.path.basename(scenario))
        shutil.copy(scenario, self.file)
        self.server = Server(self.file)
        self.browser = browser or Chromium()

    def fresh(self, width=1600, height=1000, scheme="light"):
        """The page anew, its answer settled."""
        self.browser.console.clear()
        self.browser.size(width, height)
        self.browser.prefer(scheme)
        self.browser.open("about:blank")
        self.browser.open(self.server.address)
        self.browser.wait(SETTLED, "a settled answer", 60)
        return self.browser

    def leave(self):
        """Ends the server, not the browser; the page is left first, so that it misses nothing."""
        self.browser.open("about:blank")
        self.browser.wait("location.href === 'about:blank'", "another page")
        self.server.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self):
        self.browser.close()
        self.server.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def slide(page, name, place):
    """Moves a slider to a place from 0 to 400."""
    page.run(
        "(() => { delete document.body.dataset.settled; const label = [...document.querySelectorAll("
        f"'.slider label')].find(l => l.textContent === {name!r}); const input = "
        f"document.getElementById(label.htmlFor); input.value = {place}; "
        "input.dispatchEvent(new Event('input', {bubbles: true})); "
        "input.dispatchEvent(new Event('change', {bubbles: true})); })()")


def write(page, old, new):
    """Replaces a part of the text as if it were typed."""
    page.run(
        "(() => { delete document.body.dataset.settled; const s = "
        f"document.getElementById('source'); s.value = s.value.replace({old!r}, {new!r}); "
        "s.dispatchEvent(new Event('input', {bubbles: true})); })()")


def test_it_opens_on_the_scenario_with_its_answer(bench):
    page = bench.fresh()
    assert page.run("document.getElementById('question').textContent").startswith("Will Russia"), "title"
    assert re.match(r"[<>]?\d", page.run(PERCENT)), page.run(PERCENT)
    asked = subprocess.run([program(), "ask", bench.file, "sign"], capture_output=True, text=True)
    assert f"  {page.run(PERCENT)}, {page.run('document.getElementById(`words`).textContent')}." \
        in asked.stdout, asked.stdout
    assert page.run("document.querySelectorAll('.slider').length") > 20
    assert page.run("document.getElementById('source').value") == open(bench.file).read()


def test_a_slider_moves_the_answer_to_that_of_ask_set(bench):
    page = bench.fresh()
    before = page.run("document.getElementById('headline').dataset.probability")
    slide(page, "hunger for missiles", 380)
    page.wait(SETTLED, "the moved answer", 60)
    after = page.run("document.getElementById('headline').dataset.probability")
    assert before != after, before
    command = page.run("document.getElementById('command').textContent")
    setting = re.search(r'--set "([^"]+)"', command).group(1)
    asked = subprocess.run(
        [program(), "ask", bench.file, "--set", setting, "--json"], capture_output=True, text=True)
    assert f'"probability": {after},' in asked.stdout, (setting, after)
    page.press("z", control=True)
    page.wait(f"document.getElementById('headline').dataset.probability === '{before}'", "undo")


def test_a_broken_text_shows_its_message_at_its_line(bench):
    page = bench.fresh()
    write(page, "kind: ", "kind: ")
    write(page, "quantities:", "quantitees:")
    page.wait("document.querySelector('#problems .error') !== null", "an error")
    line = open(bench.file).read().split("\n").index("quantities:") + 1
    places = page.run("[...document.querySelectorAll('#problems .place')].map(p => p.textContent)")
    assert f"{line}:1" in places, places
    assert page.run("document.querySelectorAll('#numbers .error').length") >= 1
    assert page.run("document.querySelectorAll('#mirror .mark.error').length") >= 1
    page.press("F8")
    assert page.run("document.activeElement.id") == "source"
    write(page, "quantitees:", "quantities:")
    page.wait("document.querySelector('#problems .error') === null", "no error")


def test_supposing_changes_the_game(bench):
    page = bench.fresh()
    before = page.run(PERCENT)
    page.run("delete document.body.dataset.settled; document.querySelector('.step .options button').click()")
    assert page.run("document.querySelector('#menu').matches(':popover-open')"), "the menu"
    page.run("document.querySelector('#menu button').click()")
    page.wait(SETTLED, "the supposed answer", 60)
    assert page.run("document.querySelector('.step [aria-pressed=true]') !== null")
    assert "--supposing" in page.run("document.getElementById('command').textContent")
    assert page.run("document.querySelector('#conditions').textContent") != "" or before


def test_states_stand_side_by_side_and_in_the_address(bench):
    page = bench.fresh()
    page.press("k")
    slide(page, "hunger for missiles", 390)
    page.wait(SETTLED, "the moved answer", 60)
    page.wait("document.querySelectorAll('#columns thead th').length === 3", "two columns")
    page.wait("location.hash.length > 10", "the address")
    moved = page.run(PERCENT)
    page.run("location.reload()")
    time.sleep(0.3)
    page.wait(SETTLED, "the same after a reload", 60)
    assert page.run(PERCENT) == moved
    assert page.run("document.querySelectorAll('#columns thead th').length") == 3
    page.run("document.querySelector('[aria-label^=\"Remove\"]').click()")
    assert page.run("document.getElementById('columns').hidden")
    page.run("history.replaceState(null, '', '/')")


def test_it_saves_on_request_and_never_over_a_change(bench):
    page = bench.fresh()
    write(page, "title: Will", "title: Really, will")
    assert "Really" not in open(bench.file).read()
    page.press("s", control=True)
    page.wait("document.getElementById('file-state').textContent === 'saved'", "saved")
    text = open(bench.file).read()
    assert "title: Really, will" in text
    with open(bench.file, "a") as file:
        file.write("# somebody else\n")
    write(page, "title: Really", "title: Truly")
    page.press("s", control=True)
    page.wait("!document.getElementById('conflict').hidden", "a conflict")
    assert open(bench.file).read() == text + "# somebody else\n"
    page.console[:] = [line for line in page.console if "409" not in line]
    page.run("document.getElementById('conflict-reload').click()")
    page.wait("document.getElementById('source').value.endsWith('# somebody else\\n')", "reloaded")
    shutil.copy(SEED, bench.file)


def test_the_keyboard_reaches_everything(bench):
    page = bench.fresh()
    reached, order = set(), []
    page.run("document.body.focus()")
    for _ in range(260):
        page.press("Tab")
        # The text is one stop: Tab leaves it.
        mark = page.run(
            "(() => { const e = document.activeElement; if (!e || e === document.body) return ''; "
            "if (!e.dataset.stop) e.dataset.stop = String(document.querySelectorAll('[data-stop]').length + 1);"
            f" return e.dataset.stop + '|' + ({FOCUS_SHOWN})"
            " + '|' + e.localName + '#' + e.id; })()")
        if not mark:
            break
        stop, is_seen, name = mark.split("|")
        if stop in reached:
            break
        assert is_seen == "true", f"no visible focus at {name}"
        reached.add(stop)
        order.append(name)
    missed = page.run(
        "[...document.querySelectorAll('button:not(:disabled), input, select, textarea, summary')]"
        ".filter(e => e.checkVisibility() && !e.closest('dialog') && !e.dataset.stop"
        " && !e.closest('details:not([open]) > :not(summary)')).map(e => e.outerHTML.slice(0, 90))")
    assert not missed, missed
    page.run("[...document.querySelectorAll('.slider input')][0].focus(); delete document.body.dataset.settled")
    before = page.run("document.querySelector('.slider .value').textContent")
    for _ in range(5):
        page.press("ArrowRight")
    assert page.run("document.querySelector('.slider .value').textContent") != before
    page.press("Delete")
    assert page.run("document.querySelector('.slider .value').textContent") == before
    page.press("?", shift=True)
    assert page.run("document.getElementById('keys').open")
    page.press("Escape")
    page.wait("!document.getElementById('keys').open", "the list closed")


def test_it_is_accessible_at_every_width_light_and_dark(bench):
    for width in (360, 800, 1600):
        for scheme in ("light", "dark"):
            page = bench.fresh(width, 900, scheme)
            for tab in ("answer", "assumptions", "text"):
                page.run(f"document.querySelector('.tabs [data-tab={tab}]').click()")
                problems = page.run(CHECKER)
                assert not problems, f"{width} {scheme} {tab}: {problems}"
            ground = page.run("getComputedStyle(document.body).backgroundColor")
            dark = sum(map(int, re.findall(r"\d+", ground)[:3])) < 200
            assert dark == (scheme == "dark"), ground


def test_the_theme_switch_overrides_the_system(bench):
    page = bench.fresh(scheme="light")
    for expected in ("light", "dark", "system"):
        page.run("document.getElementById('theme').click()")
        assert page.run("document.getElementById('theme-name').textContent") == expected


def explain(page):
    page.run("document.getElementById('explain').click()")
    page.wait("document.querySelector('#report .panel') !== null"
              " && !document.getElementById('report').hasAttribute('aria-busy')", "the report", 180)


def test_every_figure_opens_and_has_what_stands_in_for_it(bench):
    page = bench.fresh()
    explain(page)
    shown = page.run("[...document.querySelectorAll('#report figure svg [id$=-title]')].map((t) => t.id)")
    for name in ("distribution", "story", "threshold-1", "sensitivity", "tornado", "map", "deals",
                 "argument"):
        assert any(name in one for one in shown), f"{name} is not among {shown}"
    page.run("document.querySelectorAll('#report details').forEach((d) => { d.open = true; })")
    for width in (1600, 360):
        for scheme in ("light", "dark"):
            page.size(width, 900)
            page.prefer(scheme)
            page.run("new Promise((resolve) => requestAnimationFrame(() => resolve(true)))")
            problems = page.run(CHECKER)
            assert not problems, f"{width} {scheme}: {problems}"
            tables = page.run(
                "[...document.querySelectorAll('#report figure:not(.paper) details table')]"
                ".filter((t) => !t.checkVisibility() || t.rows.length < 2).length")
            assert tables == 0, f"{tables} tables of figures are not shown"
    page.size(1600, 900)


def test_it_prints_on_a4_without_its_controls(bench):
    page = bench.fresh(scheme="dark")
    explain(page)
    page.prefer("dark", media="print")
    # What is pressed on the screen and read on paper stays.
    shown = page.run(
        "[...document.querySelectorAll('button, input, select, textarea, nav, .tools, .part.text, "
        ".part.assumptions, .progress, .skip')].filter((e) => !e.closest('#others, #line, th')"
        " && e.checkVisibility({opacityProperty: true, visibilityProperty: true})"
        " && e.getBoundingClientRect().width > 1).map((e) => e.outerHTML.slice(0, 80))")
    assert not shown, shown
    for wanted in ("#question", "#percent", "#outcomes", "#line", "#command", "#report figure svg"):
        assert page.run(f"document.querySelector('{wanted}').checkVisibility()"), wanted
    # Paper is white, whatever the screen prefers.
    assert page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    problems = [line for line in page.run(CHECKER) if "contrast" in line]
    assert not problems, problems
    pdf = page.pdf()
    page.prefer("light")
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    sizes = set(re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)", pdf))
    assert 1 < pages < 30, f"{pages} pages"
    assert sizes <= {(b"594", b"841"), (b"595", b"842"), (b"595", b"841")}, sizes
    if os.environ.get("ENTENTE_PDF"):
        open(os.environ["ENTENTE_PDF"], "wb").write(pdf)


def tab_to(page, selector, limit=240):
    """Goes on with Tab to an element, whose focus must be seen."""
    for _ in range(limit):
        page.press("Tab")
        if page.run(f"document.activeElement?.matches({selector!r}) ?? false"):
            shown = page.run(f"(() => {{ const e = document.activeElement; return {FOCUS_SHOWN}; }})()")
            assert shown, f"no visible focus at {selector}"
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_keyboard_alone_does_everything(bench):
    page = bench.fresh()
    moved = "delete document.body.dataset.settled"
    tab_to(page, ".skip", 2)
    page.press("Enter")
    assert page.run("document.activeElement.id") == "answer"
    # Another question.
    question = page.run("document.getElementById('question').textContent")
    tab_to(page, "#others button")
    page.run(moved)
    page.press("Enter")
    page.wait(f"document.getElementById('question').textContent !== {question!r}", "another question")
    page.wait(SETTLED, "its answer", 60)
    # A move of the main line: the menu opens, goes round, and gives the focus back.
    tab_to(page, "#line button")
    page.press("Enter")
    assert page.run("document.activeElement.getAttribute('role')") == "menuitem"
    page.press("ArrowDown")
    page.press("ArrowUp")
    page.press("Escape")
    assert page.run("document.activeElement.matches('#line button')")
    # A slider.
    before = page.run("document.getElementById('headline').dataset.probability")
    tab_to(page, ".slider input")
    page.run(moved)
    page.press("End")
    page.wait(SETTLED, "the moved answer", 60)
    assert page.run("document.getElementById('headline').dataset.probability") != before
    page.press("Delete")
    # A supposition.
    tab_to(page, ".step .options button")
    page.run(moved)
    page.press("Enter")
    page.press("Enter")
    page.wait("document.querySelector('.step [aria-pressed=true]') !== null", "a supposition")
    page.wait(SETTLED, "the supposed answer", 60)
    page.press("z", control=True)
    # The text: type, leave it, save, all by keys.
    page.press("a")
    page.press("e")
    assert page.run("document.activeElement.id") == "source"
    page.run("document.getElementById('source').setSelectionRange(0, 0)")
    page.type("# typed\n")
    page.press("Escape")
    assert page.run("document.activeElement.id") == "answer"
    page.press("s", control=True)
    page.wait("document.getElementById('file-state').textContent === 'saved'", "saved")
    assert open(bench.file).read().startswith("# typed\n")
    # Reasons.
    tab_to(page, "#explain")
    page.press("Enter")
    page.wait("document.querySelector('#report .panel') !== null", "the report", 180)
    tab_to(page, "#report summary")
    is_open = page.run("document.activeElement.parentElement.open")
    page.press("Enter")
    assert page.run("document.activeElement.parentElement.open") != is_open
    shutil.copy(SEED, bench.file)


def test_the_tree_is_pressed_by_mouse_finger_and_key_and_follows(bench):
    page = bench.fresh()
    drawing = "document.getElementById('tree-canvas').innerHTML"
    is_open = "document.getElementById('menu').matches(':popover-open')"
    assert page.run("document.querySelectorAll('#tree-canvas [data-step]').length") > 12
    assert page.run("document.querySelectorAll('#tree-canvas .fig-likely').length") >= 3
    # The likeliest first move has the odds of the main line.
    odds = page.run("document.querySelector('#line .value').textContent")
    move = page.run("document.querySelector('#line button').textContent").split(": ")[1]
    name = page.run(f"document.querySelector('#tree-canvas [data-option={json.dumps(move)}]').getAttribute('aria-label')")
    assert odds in name, (odds, name)
    place = page.run(
        "(() => { const branch = document.querySelector('#tree-canvas [data-option]'); "
        "branch.scrollIntoView({block: 'center'}); const b = branch.getBoundingClientRect(); "
        "return [b.x + b.width / 2, b.y + b.height / 2]; })()")
    page.click(*place)
    assert page.run(is_open), "the menu, by mouse"
    page.press("Escape")
    assert not page.run(is_open)
    page.tap(*place)
    page.wait(is_open, "the menu, by finger")
    page.press("Escape")
    before = page.run(drawing)
    slide(page, "hunger for missiles", 390)
    page.wait(f"{drawing} !== {json.dumps(before)}", "another tree")
    page.wait(SETTLED, "the moved answer", 60)
    page.press("ArrowDown")
    page.run("delete document.body.dataset.settled")
    page.press("Enter")
    assert page.run(is_open), "the menu, by key"
    page.press("Enter")
    page.wait(SETTLED, "the supposed answer", 60)
    assert "supposing" in page.run("document.getElementById('conditions').textContent")


def test_rounds_are_supposed_and_observed_by_name(bench):
    rounds = Bench(os.path.join(root, "Scenarios", "rubinstein-1982-bargaining.yaml"), bench.browser)
    try:
        page = rounds.fresh()
        steps = page.run("[...new Set([...document.querySelectorAll('#tree-canvas [data-step]')]"
                         ".map((branch) => branch.dataset.step))]")
        fact = next(step for step in steps if " of " in step)
        page.run(f"document.querySelector('#tree-canvas [data-step={json.dumps(fact)}]').dispatchEvent("
                 "new MouseEvent('click', {bubbles: true})); delete document.body.dataset.settled")
        page.run("document.querySelector('#menu button').click()")
        page.wait(SETTLED, "the supposed answer", 60)
        assert page.run("document.getElementById('failure').hidden"), page.run(
            "document.getElementById('failure').textContent")
        assert f"supposing {fact}" in page.run("document.getElementById('conditions').textContent")
        page.press("z", control=True)
        page.press("o")
        assert fact in page.run("document.getElementById('observe-step').textContent")
        page.press("Escape")
    finally:
        rounds.leave()


def test_an_observed_move_is_written_into_the_text(bench):
    page = bench.fresh()
    text = page.run("document.getElementById('source').value")
    page.run("[...document.querySelectorAll('.step .options button')]"
             ".find((b) => b.textContent === 'limited').click()")
    page.run("[...document.querySelectorAll('#menu button')].find((b) => /Observed/.test(b.textContent)).click()")
    assert page.run("document.getElementById('observe').open")
    assert page.run("document.getElementById('observe-date').value") == "2024-10-08"
    shown = page.run("document.getElementById('observe-preview').textContent")
    assert "happened: strike = limited" in shown and "rationality" in shown, shown
    assert page.run("document.getElementById('source').value") == text, "nothing is written before it is wanted"
    page.run(f"delete document.body.dataset.settled; document.getElementById('observe-add').click()")
    page.wait("/evidence:/.test(document.getElementById('source').value)", "the text")
    page.wait("document.body.dataset.settled && document.querySelector('#evidence-list li') !== null", "the answer", 60)
    assert "Before the evidence" in page.run("document.getElementById('before').textContent")
    assert page.run("document.querySelector('#problems .error') === null")
    # What the page shows is what `ask` says of the same text.
    with open(bench.file + ".asked.yaml", "w") as file:
        file.write(page.run("document.getElementById('source').value"))
    asked = subprocess.run([program(), "ask", bench.file + ".asked.yaml", "--json"],
                           capture_output=True, text=True)
    probability = page.run("document.getElementById('headline').dataset.probability")
    assert f'"probability": {probability},' in asked.stdout, probability
    assert not page.run(CHECKER), page.run(CHECKER)
    # Removing the only piece takes the list with it; undo brings back all.
    page.run("document.querySelector('#evidence-list [aria-label^=Remove]').click()")
    assert "evidence:" not in page.run("document.getElementById('source').value")
    page.press("z", control=True)
    page.press("z", control=True)
    assert page.run("document.getElementById('source').value") == text


# How authors may write what has been observed and how to solve; each with the number of pieces.
EVIDENCE_STYLES = (
    ("", 0), ("evidence: []\n", 0), ("evidence:\n", 0), ("solve: {select: logit limit}\n", 0),
    ("solve:\n  select: logit limit\n\n# The end.\n", 0),
    ("evidence:\n- {on: 1990-07-19, happened: troops = mass them at the border}\n\n# About solving.\n"
     "solve: {rationality: 2 .. 8 .. 30}\n", 1),
    ("evidence:  # seen so far\n    - on: 1990-07-19\n      happened: troops = mass them at the border\n"
     "      because: \"Said: 'yes', #1\"\n", 1),
    ("evidence: [{on: 1990-07-19, happened: troops = mass them at the border, because: 'a ] b'},\n"
     "  {on: 1990-07-20, reported: \"a, b\", likelihood ratio: {Iraq.aim = Kuwait itself: 2}}]\n", 2),
    ("evidence: [\n  {on: 1990-07-19, happened: troops = mass them at the border},  # one\n]\n"
     "record:\n  - {on: 1990-08-02, question: invade, happened: move = invade}\n", 1),
)


def test_observations_are_written_into_texts_of_any_style(bench):
    page = bench.fresh()
    with open(os.path.join(root, "Scenarios", "gulf-1990.yaml")) as file:
        story = file.read().split("\nevidence:")[0] + "\n"
    path = os.path.join(bench.folder, "style.yaml")
    for style, count in EVIDENCE_STYLES:
        needs = "rationality" not in style
        observation = {"on": "1990-08-01", "happened": "answer = refuse"}
        written, again = page.run(
            "import('/assets/observing.js').then((module) => { const text = "
            f"{json.dumps(story + style)}; const written = module.withObservation(text, "
            f"{json.dumps(observation)}, {json.dumps(needs)}); const line = "
            "written.split('\\n').findIndex((row) => row.includes('1990-08-01')) + 1; "
            "return [written, module.withoutObservation(written, line)]; })")
        for text, expected in ((written, count + 1), (again, count)):
            if text is None:
                continue  # Between brackets a piece has no lines of its own.
            with open(path, "w") as file:
                file.write(text)
            asked = subprocess.run([program(), "ask", path, "--draws", "16", "--json"],
                                   capture_output=True, text=True)
            assert asked.returncode == 0, f"{style!r}: {asked.stdout}{text[len(story):]}"
            items = json.loads(asked.stdout).get("evidence", {}).get("items", [])
            assert len(items) == expected, f"{style!r}: {items}"
        kept = [line for line in style.split("\n") if line.startswith("#")]
        assert all(line in written for line in kept), "a remark is lost"


def test_evidence_shows_before_and_after(bench):
    gulf = Bench(os.path.join(root, "Scenarios", "gulf-1990.yaml"), bench.browser)
    try:
        page = gulf.fresh()
        asked = subprocess.run([program(), "ask", gulf.file, "invade"], capture_output=True, text=True).stdout
        before = re.search(r"Before the evidence: (.*)\.", asked).group(1)
        assert f"Before the evidence: {before}." == page.run("document.getElementById('before').textContent")
        assert page.run("document.querySelectorAll('#evidence-list li').length") == 4
        assert page.run("document.querySelectorAll('#evidence-result tbody tr').length") >= 8
        assert not page.run(CHECKER), page.run(CHECKER)
        # Moving an assumption keeps the evidence.
        slide(page, "odds of taking", 380)
        page.wait(SETTLED, "the moved answer", 60)
        assert "Before the evidence" in page.run("document.getElementById('before').textContent")
    finally:
        gulf.leave()


def axe_script():
    """axe-core, or None with a word to that effect."""
    source = axe.script()
    if source is None:
        print("note  axe-core cannot be had here; only our own rules were applied")
    return source


def test_a_report_is_accessible_narrow_and_wide_light_and_dark(bench):
    page = bench.browser
    page.console.clear()
    source = axe_script()
    for scenario in ("russia-iran", "gulf-1990"):
        report = os.path.join(bench.folder, scenario + ".html")
        subprocess.run([program(), "report", os.path.join(root, "Scenarios", scenario + ".yaml"),
                        "-o", report, "--draws", "512"], check=True, capture_output=True)
        for width in (360, 1600):
            for scheme in ("light", "dark"):
                page.size(width, 900)
                page.prefer(scheme)
                page.open("about:blank")
                page.open("file://" + report)
                page.wait("document.readyState === 'complete' && document.querySelector('main') !== null", "the report")
                page.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
                found = page.run(CHECKER)
                if source:
                    page.run(source + "; 0")
                    found += page.run(axe.RUN)
                assert not found, f"{scenario} {width} {scheme}: {found}"


def test_axe_finds_nothing(bench):
    source = axe_script()
    if source is None:
        return
    for width, scheme in ((1600, "light"), (1600, "dark"), (360, "light")):
        page = bench.fresh(width, 900, scheme)
        page.run(source + "; 0")
        explain(page)
        page.run("document.querySelectorAll('#report details').forEach((d) => { d.open = true; })")
        for tab in ("answer", "assumptions", "text"):
            page.run(f"document.querySelector('.tabs [data-tab={tab}]').click()")
            found = page.run(axe.RUN)
            assert not found, f"{width} {scheme} {tab}: {found}"
        for dialog in ("help", "observe-open"):
            page.run(f"document.getElementById('{dialog}').click()")
            found = page.run(axe.RUN)
            assert not found, f"{width} {scheme} {dialog}: {found}"
            page.run("document.querySelector('dialog[open]').close()")


def main():
    if not find():
        print("browser-test: there is no Chromium here, so nothing was tested in a browser")
        return 0
    wanted = sys.argv[1:]
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    bench = Bench()
    failed = 0
    try:
        for name, test in tests:
            if wanted and not any(word in name for word in wanted):
                continue
            start = time.monotonic()
            try:
                test(bench)
                said = [line for line in bench.browser.console]
                assert not said, f"the console says: {said}"
                print(f"ok    {name[5:].replace('_', ' ')} ({time.monotonic() - start:.1f} s)")
            except Exception:
                failed += 1
                print(f"FAIL  {name[5:].replace('_', ' ')}")
                print("      " + traceback.format_exc().strip().replace("\n", "\n      "))
    finally:
        bench.close()
    print(f"browser-test: {failed} failed" if failed else "browser-test: all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
