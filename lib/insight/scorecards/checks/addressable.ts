import { Prisma } from '@/lib/core';
import type { Check } from './check';

export const ADDRESSABLE: Check[] = [
  {
    ...{ id: 'live', property: 'addressable', level: 1, weight: 3 },
    title: 'Its address answers',
    words:
      'The production environment is live and points at a snapshot, so that the address of its rows answers.',
    next: {
      ...{ by: 'owner', path: 'lifecycle' },
      words: 'Bring it to production: Lifecycle shows what its gates still ask for.',
    },
    sql: () => Prisma.sql`
      select s.id, e."productId" is not null as passes,
        case when e."productId" is null then 'Nothing is served in production.' else 'Production is live.' end as why
      from s left join product_environment e on e."productId" = s.id and e.environment = 'production'
        and e.status = 'live' and e."snapshotId" is not null`,
  },
  {
    ...{ id: 'ports', property: 'addressable', level: 2, weight: 2 },
    title: 'Its contract names its ports',
    words: 'The contract has at least one output port with the formats that it answers in.',
    next: {
      ...{ by: 'owner', path: 'versions/propose' },
      words: 'Propose a change of the contract that names an output port and its formats.',
    },
    sql: () => Prisma.sql`
      select s.id, o.n > 0 as passes, case o.n when 0 then 'No output port names its formats.'
        when 1 then '1 output port.' else o.n || ' output ports.' end as why
      from s cross join lateral (select count(*) as n
        from jsonb_path_query(s.spec, '$.outputPorts[*] ? (@.formats.size() > 0)')) o`,
  },
  {
    ...{ id: 'earlier-states', property: 'addressable', level: 3, weight: 1 },
    title: 'An earlier state can be read',
    words:
      'Production has served at least two snapshots that are kept, so that rows can be asked for as of an earlier moment.',
    next: {
      ...{ by: 'owner', path: 'runs' },
      words: 'Load it again with “Run now”, or give it a schedule.',
    },
    sql: () => Prisma.sql`
      select s.id, v.n > 1 as passes,
        case v.n when 1 then '1 snapshot can be read.' else v.n || ' snapshots can be read.' end as why
      from s cross join lateral (select count(distinct v."snapshotId") as n from served_snapshot v
        join snapshot x on x.id = v."snapshotId" and x.status = 'ready' where v."productId" = s.id) v`,
  },
];
