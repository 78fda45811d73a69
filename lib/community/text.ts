/** The beginning, for a message about it. */
export const excerpt = (text: string): string =>
  text.length > 300 ? `${[...text].slice(0, 299).join('')}…` : text;
