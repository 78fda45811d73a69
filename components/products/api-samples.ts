import { listName } from './rows-url';

/** Programs that run as pasted, once PORTOLAN_TOKEN holds a token. */
export function apiSamples(url: string): { label: string; code: string }[] {
  return [
    {
      label: 'curl',
      code: `curl -sS -H "Authorization: Bearer $PORTOLAN_TOKEN" \\\n  '${url.replaceAll("'", '%27')}'`,
    },
    {
      label: 'Python',
      code: [
        'import json, os, urllib.request',
        '',
        'request = urllib.request.Request(',
        `    ${JSON.stringify(url)},`,
        `    headers={"Authorization": "Bearer " + os.environ["PORTOLAN_TOKEN"]},`,
        ')',
        'with urllib.request.urlopen(request) as response:',
        '    page = json.load(response)',
        'for row in page["rows"]:',
        '    print(row)',
      ].join('\n'),
    },
    {
      label: 'JavaScript',
      code: [
        `fetch(${JSON.stringify(url)}, {`,
        "  headers: { authorization: 'Bearer ' + process.env.PORTOLAN_TOKEN },",
        '})',
        '  .then((response) => response.json())',
        '  .then((page) => console.table(page.rows));',
      ].join('\n'),
    },
    {
      label: 'DuckDB',
      code: `curl -sS -H "Authorization: Bearer $PORTOLAN_TOKEN" -o rows.parquet \\\n  '${url.replace(/\/rows\?.*$/, '/rows.parquet')}'\nduckdb -c "select * from 'rows.parquet' limit 10"`,
    },
  ];
}

/** An address that works for any product: its first columns, five rows. */
export function sampleUrl(origin: string, address: string, columns: string[]): string {
  const select = columns.slice(0, 3).map(listName).map(encodeURIComponent).join(',');
  return `${origin}/api/v1/data/${address}/rows?select=${select}&limit=5`;
}
