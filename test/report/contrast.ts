// SPDX-License-Identifier: Apache-2.0

/**
 * An expression for the page: every text whose contrast with what is behind it is below WCAG 2 AA (4.5, or 3 for large
 * text), as `text: ratio`. Only plain colours are used on the page, so the nearest opaque background is what is behind.
 */
export const lowContrast = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], opaque: a === 255 };
  };
  const luminance = ({ rgb }) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e !== null; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.opaque) return colour;
    }
    return { rgb: [255, 255, 255] };
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === "" || !element.checkVisibility() || element.closest("style, .defs") !== null) continue;
    const style = getComputedStyle(element);
    const colour = parse(element.closest("svg") === null ? style.color : style.fill);
    const [a, b] = [luminance(colour), luminance(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.add(node.data.trim().slice(0, 40) + ": " + ratio.toFixed(2));
  }
  return [...found];
})()`;
