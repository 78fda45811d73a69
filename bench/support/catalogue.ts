import type pg from 'pg';
import {
  ASPECTS,
  FIRST_NAMES,
  LAST_NAMES,
  SCOPES,
  SUBJECTS,
  SUFFIXES,
  TAGS,
  VERBS,
} from './catalogue-words';

const LISTS = { SUBJECTS, ASPECTS, SCOPES, SUFFIXES, TAGS, VERBS, FIRST_NAMES, LAST_NAMES };

/** A word of a list by a number and a salt; the first words come up most, as they do in real catalogues. */
const PICK = `create function pg_temp.pick(list text[], i int, salt int) returns text language sql immutable as
  $$ select list[1 + floor(cardinality(list) * power((hashint4(i * 31 + salt) & 65535) / 65536.0, 1.7))::int] $$`;

const list = (name: keyof typeof LISTS) => `'{${LISTS[name].join(',')}}'::text[]`;
const pick = (name: keyof typeof LISTS, salt: number) => `pg_temp.pick(${list(name)}, i, ${salt})`;
const column = (salt: string) =>
  `pg_temp.pick(${list('SUBJECTS')}, i, 3 + ${salt} % 3) || '_' || pg_temp.pick(${list('SUFFIXES')}, i * 16 + ${salt}, 5)`;

/** Products by SQL: names of two or three words and a number of their own, 6 to 16 columns, tags, prose. */
const PRODUCTS = `insert into product (id, "domainId", name, title, description, "ownerId", classification, status, template,
    tags, documentation, descriptor, "createdAt", "updatedAt")
  select 'p' || i, 'd' || i % 60, replace(lower(words), ' ', '-') || '-' || i, initcap(words),
    format('Every %s, %s from the systems of %s and %s each night.', subject, ${pick('VERBS', 11)}, scope, ${pick('VERBS', 12)}),
    'u' || i % 2000, (array['public', 'internal', 'internal', 'confidential', 'restricted'])[1 + i % 5],
    (array['production', 'production', 'production', 'production', 'staging', 'deprecated', 'testing', 'retired'])[1 + i % 8],
    'batch_analytics', array[${pick('TAGS', 13)}, ${pick('TAGS', 14)}],
    format('The %s are %s by %s. Rows without a %s are left out.', ${pick('ASPECTS', 15)}, ${pick('VERBS', 16)}, ${pick('SUBJECTS', 17)}, ${pick('SUFFIXES', 18)}),
    jsonb_build_object('spec', jsonb_build_object(
      'outputPorts', jsonb_build_array(jsonb_build_object('type', (array['rest_api', 'files', 'stream'])[1 + i % 3])),
      'schema', (select jsonb_agg(jsonb_build_object('name', ${column('n')}, 'type', 'string')) from generate_series(1, 6 + i % 11) n))),
    now() - make_interval(mins => i), now()
  from (select i, subject, scope, case when i % 3 = 0 then scope || ' ' else '' end || subject || ' ' || ${pick('ASPECTS', 2)} as words
    from (select i, ${pick('SUBJECTS', 1)} as subject, ${pick('SCOPES', 4)} as scope from generate_series($1::int, $2::int) i) made) made`;

const PEOPLE = `insert into "user" (id, email, name) select 'u' || i, 'person.' || i || '@portolan.example',
  (${list('FIRST_NAMES')})[1 + i % ${FIRST_NAMES.length}] || ' ' || (${list('LAST_NAMES')})[1 + i * 7 % ${LAST_NAMES.length}]
  from generate_series(0, 1999) i`;
const DOMAINS = `insert into domain (id, name, title) select 'd' || i, word || '-' || i, initcap(word) || ' ' || i
  from (select i, (${list('SUBJECTS')})[1 + i] as word from generate_series(0, 59) i) made`;

/** Makes the catalogue as the owner, with the triggers off and the search documents written by the same function after. */
export async function makeCatalogue(owner: pg.Client, products: number): Promise<void> {
  await owner.query(PICK);
  await owner.query('set synchronous_commit = off');
  await owner.query(PEOPLE);
  await owner.query(DOMAINS);
  await owner.query('set session_replication_role = replica');
  // Made after the rows, the indexes are the same and cost a third.
  const { rows: indexes } = await owner.query<{ name: string; sql: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as sql from pg_index
     where indrelid = 'product_search'::regclass and not indisprimary`,
  );
  for (const { name } of indexes) await owner.query(`drop index ${name}`);
  const step = 5000;
  for (let first = 1; first <= products; first += step) {
    const last = Math.min(first + step - 1, products);
    await owner.query(PRODUCTS, [first, last]);
    await owner.query(
      `select catalog_refresh(array(select 'p' || i from generate_series($1::int, $2::int) i))`,
      [first, last],
    );
  }
  // A few are read by many, most by hardly anybody.
  await owner.query(`update product_search set readers = floor(800 * power((hashtext("productId") & 65535) / 65536.0, 12)),
    quality = 60 + (hashtext("productId") & 1023) % 41, "refreshedAt" = now() - make_interval(hours => hashtext("productId") & 1023)`);
  await owner.query('select catalog_choose_front()');
  await owner.query(`set maintenance_work_mem = '512MB'`);
  for (const { sql } of indexes) await owner.query(sql);
  await owner.query('set session_replication_role = origin');
  await owner.query('vacuum analyze');
}
