/** As much of a browser as a sign-in needs: fetch with cookies a host, redirects by hand. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  cookies(url: string): string {
    const jar = this.jars.get(new URL(url).host) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookie = this.cookies(url);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    const { host } = new URL(url);
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value && !/max-age=0|expires=thu, 01 jan 1970/i.test(line)) {
        jar.set(pair.slice(0, at), value);
      } else jar.delete(pair.slice(0, at));
    }
    return response;
  }

  async post(url: string, form: Record<string, string>): Promise<Response> {
    return this.request(url, { method: 'POST', body: new URLSearchParams(form) });
  }

  /** Follows redirects until a page answers or an address satisfies `until`. */
  async follow(
    response: Response,
    from: string,
    until: (url: string) => boolean = () => false,
  ): Promise<{ response: Response; url: string }> {
    let current = response;
    let url = from;
    for (let hops = 0; hops < 15; hops += 1) {
      const location = current.headers.get('location');
      if (!location) return { response: current, url };
      url = new URL(location, url).href;
      if (until(url)) return { response: current, url };
      current = await this.request(url);
    }
    throw new Error(`too many redirects, last ${url}`);
  }
}
