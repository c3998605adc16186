/// How a report looks: on a screen, light or dark, narrow or wide, and on A4.
enum DocumentStyle {
  static let css = """
    :root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1d2127; --soft: #59616b; --line: #d5d8dc; --wash: #f1f2ef; --accent: #0b5a8f; }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #15181c; --ink: #e7e9ec; --soft: #a4acb6; --line: #3a4149; --wash: #1f242a; --accent: #7cc0f0; }
    }
    * { box-sizing: border-box; }
    html { background: var(--paper); color: var(--ink); font: 17px/1.55 Georgia, "Times New Roman", serif; }
    body { margin: 0; }
    main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
    h1, h2, h3, nav, figcaption, table, .figure, .words, .subtitle, .note, summary { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; text-wrap: balance; }
    h2 { font-size: 1.3rem; margin: 2.6rem 0 .6rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
    h3 { font-size: 1.02rem; margin: 1.6rem 0 .3rem; }
    p { margin: .55rem 0; overflow-wrap: anywhere; }
    .subtitle { color: var(--soft); margin: 0 0 1.4rem; }
    .note { color: var(--soft); font-size: .84rem; line-height: 1.45; }
    .answer { background: var(--wash); border-left: 4px solid var(--accent); padding: .9rem 1.2rem; margin: 1rem 0; }
    .answer .figure { font-size: 2.7rem; font-weight: 650; line-height: 1.1; margin: 0; font-variant-numeric: tabular-nums; }
    .answer .words { font-size: 1.05rem; color: var(--soft); margin: 0 0 .4rem; }
    nav ul { list-style: none; padding: 0; margin: 1.4rem 0; display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; font-size: .9rem; }
    a { color: var(--accent); }
    ul { padding-left: 1.2rem; } li { margin: .25rem 0; }
    figure { margin: 1.6rem 0; } figcaption { font-weight: 600; margin-bottom: .5rem; }
    .canvas, .scroll { overflow-x: auto; } .canvas svg { display: block; width: 100%; min-width: 34rem; height: auto; }
    .canvas:focus-visible, .scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    summary { cursor: pointer; font-size: .84rem; color: var(--soft); }
    table { border-collapse: collapse; font-size: .84rem; line-height: 1.4; width: 100%; margin: .7rem 0; }
    caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
    th, td { text-align: left; vertical-align: top; padding: .32rem .7rem .32rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
    thead th { font-weight: 600; border-bottom-width: 2px; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    @media screen and (max-width: 34rem) {
      .prose thead { position: absolute; clip-path: inset(50%); }
      .prose tr { display: flex; flex-wrap: wrap; column-gap: .8rem; border-bottom: 1px solid var(--line); padding: .3rem 0; }
      .prose tbody th, .prose tbody td { border: 0; padding: 0; } .prose tbody td:last-child { flex-basis: 100%; }
      .prose tbody th { font-weight: 600; }
    }
    pre { background: var(--wash); padding: .7rem .9rem; overflow-x: auto; font-size: .84rem; }
    @media print {
      @page { size: A4; margin: 18mm 16mm; }
      :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --wash: #f4f4f4; --accent: #0b5a8f; }
      html { font-size: 10.5pt; } main { max-width: none; padding: 0; } nav, summary { display: none; }
      h2, h3, figcaption { break-after: avoid; } figure, .answer, tr, pre { break-inside: avoid; }
      .canvas svg { min-width: 0; } a { color: inherit; text-decoration: none; }
    }
    """
}
