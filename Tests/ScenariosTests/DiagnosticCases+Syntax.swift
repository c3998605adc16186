extension DiagnosticCase {
  /// What is wrong with a text as YAML, or with its shape.
  static let syntax: [DiagnosticCase] = [
    // Characters.
    DiagnosticCase("a NUL byte", ["title: T\0"], "2:9 control-character"),
    DiagnosticCase("an escape character", ["title: T\u{1B}[31m"], "2:9 control-character"),
    DiagnosticCase("a mark that turns text around", ["title: T\u{202E}x"], "2:9 control-character"),
    // The file as a whole.
    DiagnosticCase("an empty file", "", "1:1 empty-file"),
    DiagnosticCase("only comments", "# nothing yet\n\n# but soon\n", "1:1 empty-file"),
    DiagnosticCase(
      "two documents", SmallScenario.text() + "---\nentente: 1\n", "10:1 multiple-documents"),
    DiagnosticCase("a directive", "%YAML 1.2\n---\n" + SmallScenario.text(), "1:1 directive"),
    DiagnosticCase("no version", ["-entente"], "1:1 missing-version"),
    DiagnosticCase("an unknown version", ["entente: 7"], "1:10 unknown-version"),
    // Indentation.
    DiagnosticCase(
      "a tab", ["story:\n\t- {step: move, by: A, options: [go, stay]}"], "8:1 tab-indentation"),
    DiagnosticCase("a line out of line", ["parties:\n  A: one\n B: two"], "5:2 indentation"),
    DiagnosticCase(
      "a list item out of line", ["parties:\n  A: one\n  - B: two"], "5:3 indentation"),
    DiagnosticCase("a text that goes on with a key", ["title: T\n  more: text"], "3:7 indentation"),
    // What YAML could do and scenarios do not.
    DiagnosticCase("an alias", ["title: *name"], "2:8 alias"),
    DiagnosticCase("an anchor", ["title: &name T"], "2:8 anchor"),
    DiagnosticCase("a tag", ["title: !!str T"], "2:8 tag"),
    DiagnosticCase("a merge key", ["parties: {<<: {C: three}, A: one, B: two}"], "3:11 merge-key"),
    DiagnosticCase("a complex key", ["parties:\n  ? A\n  : one\n  B: two"], "4:3 complex-key"),
    DiagnosticCase("a list as a key", ["parties: {[A, C]: one, B: two}"], "3:11 complex-key"),
    DiagnosticCase("a mapping as a key", ["parties:\n  {A: x}: one\n  B: two"], "4:3 complex-key"),
    // Colons, commas, dashes, quotes, brackets.
    DiagnosticCase("a second colon", ["title: War: a question"], "2:8 colon-in-value"),
    DiagnosticCase(
      "a second colon in braces", ["parties: {A: one: first, B: two}"], "3:14 colon-in-value"),
    DiagnosticCase(
      "a comma in braces", ["parties: {A: one, or two, B: two}"], "3:14 comma-in-value"),
    DiagnosticCase(
      "a question mark in braces", ["parties: {A: one, ? B: two}"], "3:19 complex-key"),
    DiagnosticCase("a value beginning with a dash", ["title: - T"], "2:8 value-start"),
    DiagnosticCase(
      "a dash and a blank in braces", ["parties: {A: - one, B: two}"], "3:14 value-start"),
    DiagnosticCase("a value beginning with a sign", ["title: @T"], "2:8 value-start"),
    DiagnosticCase("a hash glued to a value", ["title: T #1"], "2:10 comment-in-value"),
    DiagnosticCase("a hash for a value", ["title: #1"], "2:8 comment-for-value"),
    DiagnosticCase("text after quotes", ["title: \"T\" and more"], "2:8 text-after-quote"),
    DiagnosticCase("an unclosed quote", ["title: \"T"], "2:8 unclosed-quote"),
    DiagnosticCase("an unclosed bracket", ["parties: {A: one, B: two"], "3:10 unclosed-bracket"),
    DiagnosticCase("the wrong bracket", ["parties: {A: one, B: two]"], "3:25 mismatched-bracket"),
    DiagnosticCase("a bracket that closes nothing", ["title: ]"], "2:8 mismatched-bracket"),
    DiagnosticCase("a stray comma", ["parties: {A: one,, B: two}"], "3:18 stray-comma"),
    DiagnosticCase(
      "no comma between entries", ["parties: {A: one\n  B: two}"], "3:14 missing-comma"),
    DiagnosticCase("no colon", ["parties:\n  A: one\n  B\n"], "5:3 missing-colon"),
    DiagnosticCase(
      "no blank after a colon", ["parties:\n  A: one\n  B:two\n"], "5:3 missing-space"),
    DiagnosticCase(
      "no blank after a colon in braces", ["parties: {A: one, B:two}"], "3:19 missing-space"),
    DiagnosticCase("no key", ["parties:\n  A: one\n  : two"], "5:3 missing-key"),
    DiagnosticCase("no key in braces", ["parties: {A: one, : two, B: two}"], "3:19 missing-key"),
    DiagnosticCase(
      "a name without a value in braces", ["parties: {A, B: two}"], "3:11 missing-value"),
    DiagnosticCase("braces for a list", ["story: {a, b}"], "7:8 braces-for-list"),
    DiagnosticCase("an unknown escape", ["title: \"\\q\""], "2:9 bad-escape"),
    DiagnosticCase("a key twice", ["parties: {A: one, B: two, A: three}"], "3:27 duplicate-key"),
    DiagnosticCase("a section twice", ["title: T\ntitle: U"], "3:1 duplicate-key"),
    // One slip, and what stands below it.
    DiagnosticCase(
      "a section without its colon", ["payoffs\n  A:\n    t: gain\n  B: {t: 1}", "-payoffs"],
      "9:1 missing-colon"),
    DiagnosticCase(
      "a key without its colon above others",
      ["private types:\n  A\n    mood: {hot: 40%, cold: rest}"], "5:3 missing-colon"),
    DiagnosticCase(
      "a line without its colon between others", ["about War", "-define", "define: {gain: q}"],
      "9:1 missing-colon"),
    DiagnosticCase(
      "a group indented too far",
      ["parties:\n  A: one\n    more: text\n    and: more\n  B: two"], "5:9 indentation"),
    DiagnosticCase(
      "no colon before braces", ["quantities:\n  q {is: 1 .. 2, source: judgment}"],
      "6:3 missing-colon"),
    DiagnosticCase(
      "a quote in braces without its end",
      [
        "quantities:\n  q: {is: 1 .. 2, because: \"guess}\n  r: {is: 1, because: \"guess\"}",
        "define: {gain: if move = go then q + r}",
      ], "6:28 unclosed-quote"),
    // Shapes.
    DiagnosticCase("an unknown key", ["nonsense: 1"], "10:1 unknown-key"),
    DiagnosticCase(
      "a misspelled section", ["-quantities", "quantites: {q: {is: 1 .. 2, source: judgment}}"],
      "9:1 unknown-key"),
    DiagnosticCase(
      "a misspelled key of a step",
      [
        "story: [{step: move, by: A, optoins: [go, stay]}, {step: reply, by: B, options: [yes, no]}]"
      ], "7:29 unknown-key"),
    DiagnosticCase("a key in capitals", ["Title: T", "-title"], "9:1 unknown-key"),
    DiagnosticCase(
      "a key of another kind",
      ["story: [{step: move, by: A, options: [go, stay], says: {x: {}}}]"], "7:50 misplaced-key"),
    DiagnosticCase(
      "keys of two kinds", ["story: [{step: move, by: A, options: [go, stay], chance: {x: 1}}]"],
      "7:50 conflicting-keys"),
    DiagnosticCase("a step without a kind", ["story: [{step: move}]"], "7:9 missing-key"),
    DiagnosticCase("a step without options", ["story: [{step: move, by: A}]"], "7:9 missing-key"),
    DiagnosticCase("a missing section", ["-story"], "1:1 missing-key"),
    DiagnosticCase("an empty section", ["payoffs:"], "9:9 missing-value"),
    DiagnosticCase(
      "an empty value", ["quantities: {q: {is: , source: judgment}}"], "5:22 missing-value"),
    DiagnosticCase("quotes around nothing", ["title: \"\""], "2:8 missing-value"),
    DiagnosticCase("a text for a list", ["story: war"], "7:8 wrong-kind"),
    DiagnosticCase("a list for a mapping", ["parties: [A, B]"], "3:10 wrong-kind"),
    DiagnosticCase("a mapping for a text", ["title: {a: b}"], "2:8 wrong-kind"),
    DiagnosticCase("an empty story", ["story: []"], "7:8 wrong-count"),
    DiagnosticCase(
      "one quantity that moves with none", ["together: [{quantities: [q], correlation: 0.5}]"],
      "6:25 wrong-count"),
    DiagnosticCase(
      "a name on two lines", ["story: [{step: \"a\\nb\", by: A, options: [go, stay]}]"],
      "7:16 bad-name"),
    DiagnosticCase(
      "no whole number", ["story: [{repeat: many, as: round, story: []}]"], "7:18 bad-number",
      "7:42 wrong-count"),
    DiagnosticCase(
      "a huge number of rounds",
      [
        "story: [{repeat: 1000000000, as: round, story: [{step: move, by: A, options: [go, stay]}]}]"
      ], "7:18 bad-number"),
    DiagnosticCase(
      "no number", ["quantities: {q: {is: 1 .. 2, at most: much, source: judgment}}"],
      "5:39 bad-number"),
    DiagnosticCase("no day", ["as of: 2024-02-30"], "10:8 bad-date"),
    DiagnosticCase(
      "no days", ["story: [{step: move, by: A, options: [go, stay], between: 2024-01-01}]"],
      "7:59 bad-date"),
    DiagnosticCase(
      "days out of order",
      ["story: [{step: move, by: A, options: [go, stay], between: 2024-02-01 .. 2024-01-01}]"],
      "7:59 bad-date"),
    DiagnosticCase(
      "neither yes nor no", ["beliefs: {A: {known to others: maybe, q: 2}}"], "10:32 bad-flag"),
    DiagnosticCase("an unknown word", ["solve: {select: payof dominance}"], "10:17 unknown-word"),
    DiagnosticCase(
      "three dots", ["quantities: {q: {is: 1 ... 2, source: judgment}}"], "5:22 bad-estimate"),
    DiagnosticCase(
      "a range without an end", ["quantities: {q: {is: \"1 ..\", source: judgment}}"],
      "5:22 bad-estimate"),
    DiagnosticCase(
      "a range of four", ["quantities: {q: {is: 1 .. 2 .. 3 .. 4, source: judgment}}"],
      "5:22 bad-estimate"),
  ]
}
