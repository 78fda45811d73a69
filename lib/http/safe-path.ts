const BASE = 'http://portolan.invalid';

/** A path of this site, or `/`: what a link gave as the place to go to after signing in. */
export function safePath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/')) return '/';
  const url = URL.canParse(wanted, BASE) ? new URL(wanted, BASE) : null;
  if (!url || url.origin !== BASE) return '/';
  url.searchParams.delete('_rsc');
  return `${url.pathname}${url.search}`;
}

/** The sign-in page, which leads back to `path`. */
export function signInHref(path: string | null): string {
  const back = safePath(path);
  return back === '/' ? '/signin' : `/signin?callbackUrl=${encodeURIComponent(back)}`;
}
