export const termHref = (slug: string) => `/glossary/${encodeURIComponent(slug)}`;
