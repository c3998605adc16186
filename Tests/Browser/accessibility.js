// A small checker of our own: what can be used has a name, names point to what is there, text stands
// out from its ground by 4.5:1 (3:1 if large), in drawings, too, controls are large enough, the order
// of focus is that of the document, figures have a title, a text alternative and a table, and fit.
// Gives a list of sentences; none is good.
(() => {
  const problems = [];
  const visible = (node) => {
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  const describe = (node) =>
    `${node.localName}${node.id ? "#" + node.id : ""}${node.classList.length ? "." + node.classList[0] : ""}`;
  const textOf = (ids) =>
    ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  const nameOf = (node) => {
    const labels = node.labels ? [...node.labels].map((label) => label.textContent).join(" ") : "";
    return (
      (node.getAttribute("aria-labelledby") && textOf(node.getAttribute("aria-labelledby")))
      || node.getAttribute("aria-label") || labels.trim() || node.textContent.trim()
      || node.title || "");
  };

  for (const node of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (visible(node) && !nameOf(node)) problems.push(`${describe(node)} has no name`);
    if (Number(node.getAttribute("tabindex")) > 0) problems.push(`${describe(node)} jumps the order of focus`);
    const box = node.getBoundingClientRect();
    if (visible(node) && node.localName === "button" && (box.width < 24 || box.height < 23.5)) {
      problems.push(`${describe(node)} is ${box.width.toFixed(0)} by ${box.height.toFixed(0)} pixels`);
    }
  }
  for (const attribute of ["aria-labelledby", "aria-describedby", "for"]) {
    for (const node of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of node.getAttribute(attribute).split(/\s+/)) {
        if (!document.getElementById(id)) problems.push(`${describe(node)} points to '${id}', which is not there`);
      }
    }
  }
  const ids = new Set();
  for (const node of document.querySelectorAll("[id]")) {
    if (ids.has(node.id)) problems.push(`the id '${node.id}' stands twice`);
    ids.add(node.id);
  }
  if (document.querySelectorAll("h1").length !== 1) problems.push("there is not exactly one h1");
  if (document.querySelectorAll("main").length !== 1) problems.push("there is not exactly one main");
  if (!document.documentElement.lang) problems.push("the language is not stated");
  for (const image of document.querySelectorAll("svg")) {
    const isHidden = image.closest("[aria-hidden='true']");
    if (!isHidden && !image.getAttribute("role")) problems.push(`${describe(image)} has no role`);
  }

  // Contrast (WCAG 2.2, 1.4.3), of elements that hold text of their own.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.canvas.width = canvas.canvas.height = 1;
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((value, index) => (index < 3 ? value : value / 255));
  };
  const ground = (node) => {
    let layers = [];
    for (let at = node; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce(
      (under, over) => [0, 1, 2].map((i) => over[i] * over[3] + under[i] * (1 - over[3])), [255, 255, 255]);
  };
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = new Set();
  const compare = (node, style, color, back) => {
    const [one, other] = [luminance(color), luminance(back)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio >= (isLarge ? 3 : 4.5)) return;
    const sentence = `${describe(node)} '${node.textContent.trim().slice(0, 20)}': contrast ${ratio.toFixed(2)}`;
    if (!seen.has(sentence)) problems.push(sentence);
    seen.add(sentence);
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  for (const node of document.querySelectorAll("body *")) {
    const hasText = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!hasText || !visible(node) || node.closest("[hidden], .hidden, .skip, svg, noscript")) continue;
    if (node.matches(":disabled") || node.closest(":disabled") || node.localName === "textarea") continue;
    const style = getComputedStyle(node);
    const back = ground(node);
    compare(node, style, over(rgba(style.color), back), back);
  }

  // Text in a drawing stands on the shapes that were drawn before it, or on a stroke of its own.
  const faded = (color, opacity) => [...color.slice(0, 3), color[3] * Number(opacity)];
  const below = (node) => {
    const box = node.getBoundingClientRect();
    const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
    let color = ground(node.ownerSVGElement.parentElement);
    for (const shape of node.ownerSVGElement.querySelectorAll("rect, circle, ellipse, path, polygon, text")) {
      if (shape === node) break;
      if (!shape.isPointInFill || !shape.checkVisibility() || shape.closest("defs, clipPath")) continue;
      const place = middle.matrixTransform(shape.getScreenCTM().inverse());
      const style = getComputedStyle(shape);
      if (style.fill === "none" || !shape.isPointInFill(place)) continue;
      color = over(faded(rgba(style.fill), style.fillOpacity * style.opacity), color);
    }
    return color;
  };
  for (const node of document.querySelectorAll("svg text")) {
    if (!node.textContent.trim() || !node.checkVisibility() || node.closest("[aria-hidden='true'] svg, defs")) continue;
    const style = getComputedStyle(node);
    const hasHalo = style.stroke !== "none" && style.paintOrder.startsWith("stroke") && parseFloat(style.strokeWidth) >= 3;
    const back = hasHalo ? rgba(style.stroke) : below(node);
    compare(node, style, over(faded(rgba(style.fill), style.fillOpacity * style.opacity), back), back);
  }

  // Figures.
  for (const figure of document.querySelectorAll("figure")) {
    const title = figure.querySelector("figcaption")?.textContent.trim();
    const name = title ? `the figure '${title.slice(0, 30)}'` : "a figure";
    if (!title) problems.push(`${name} has no title`);
    const image = figure.querySelector("svg");
    const words = image && (textOf(image.getAttribute("aria-labelledby") ?? "") || image.getAttribute("aria-label"));
    if (!image) problems.push(`${name} has no drawing`);
    else if (!words || words.length < 20) problems.push(`${name} has no text alternative`);
    if (!figure.querySelector("details table tbody tr")) problems.push(`${name} has no table`);
    if (visible(figure)) {
      const [inner, outer] = [figure.getBoundingClientRect(), figure.parentElement.getBoundingClientRect()];
      if (inner.right > outer.right + 1 || inner.left < outer.left - 1) problems.push(`${name} leaves its column`);
    }
  }
  if (document.documentElement.scrollWidth > window.innerWidth) {
    problems.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${window.innerWidth}`);
  }
  const height = document.scrollingElement.scrollHeight;
  if (getComputedStyle(document.body).overflowY === "hidden" && height > window.innerHeight + 1) {
    problems.push(`the page is ${height} high in a window of ${window.innerHeight}, though its parts move by themselves`);
  }
  return problems;
})()
