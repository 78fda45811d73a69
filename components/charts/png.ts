const PAD = 24;
const HEAD = 64;
const ROW = 22;
const LEAST_WIDTH = 640;
/** Pixels for each unit of the drawing, so that it is sharp on paper. */
const SCALE = 2;
const SVG = 'http://www.w3.org/2000/svg';
const FONT = 'ui-sans-serif, system-ui, sans-serif';
const LOOK = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'fill-opacity'],
  ...['stroke-opacity', 'font-size', 'font-weight', 'text-anchor', 'visibility'],
];

/** A copy that looks the same without the page's style sheet: colours of the theme that is shown are written into it. */
function resolved(source: SVGElement): SVGElement {
  const copy = source.cloneNode(true) as SVGElement;
  const copies = copy.querySelectorAll<SVGElement>('*');
  for (const [place, element] of [...source.querySelectorAll<SVGElement>('*')].entries()) {
    const look = getComputedStyle(element);
    const twin = copies[place]!;
    for (const name of LOOK) twin.setAttribute(name, look.getPropertyValue(name));
    twin.removeAttribute('class');
    twin.removeAttribute('style');
  }
  return copy;
}

function text(words: string, x: number, y: number, look: Record<string, string | number>) {
  const element = document.createElementNS(SVG, 'text');
  for (const [name, value] of Object.entries({ x, y, ...look })) {
    element.setAttribute(name, String(value));
  }
  element.textContent = words;
  return element;
}

function place(element: SVGElement, x: number, y: number, width: number, height: number) {
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    element.setAttribute(name, String(value));
  }
  return element;
}

/** The chart of a figure with its title, what it is about, and its legend, as one drawing. */
function composed(figure: HTMLElement, title: string, detail: string) {
  const chart = figure.querySelector<SVGElement>('svg.recharts-surface');
  if (!chart) throw new Error('There is no chart to export.');
  const { width: drawn, height } = chart.getBoundingClientRect();
  const { color, backgroundColor } = getComputedStyle(figure);
  const legend = [...figure.querySelectorAll<HTMLElement>('[data-legend] li')];
  const size = {
    width: Math.ceil(Math.max(drawn, LEAST_WIDTH) + 2 * PAD),
    height: Math.ceil(HEAD + height + legend.length * ROW + 2 * PAD),
  };
  const whole = place(document.createElementNS(SVG, 'svg'), 0, 0, size.width, size.height);
  whole.setAttribute('font-family', FONT);
  const ground = place(document.createElementNS(SVG, 'rect'), 0, 0, size.width, size.height);
  ground.setAttribute('fill', backgroundColor);
  whole.append(
    ground,
    text(title, PAD, PAD + 18, { fill: color, 'font-size': 18, 'font-weight': 600 }),
    text(detail, PAD, PAD + 40, { fill: color, 'font-size': 12 }),
    place(resolved(chart), PAD, HEAD + PAD / 2, drawn, height),
  );
  for (const [row, item] of legend.entries()) {
    const y = HEAD + PAD + height + row * ROW;
    const swatch = item.querySelector<SVGElement>('svg');
    if (swatch) whole.append(place(resolved(swatch), PAD, y - 2, 28, 16));
    whole.append(text(item.innerText.trim(), PAD + 36, y + 11, { fill: color, 'font-size': 13 }));
  }
  return { whole, ...size };
}

/** A chart as PNG in the colours that are shown, with its title, period and scope in it. */
export async function chartPng(figure: HTMLElement, title: string, detail: string): Promise<Blob> {
  const { whole, width, height } = composed(figure, title, detail);
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(whole))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is empty.')))),
  );
}

/** Gives a file to the person. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
