import { Badge, StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { VersionRow } from '@/lib/provisioning/versions';
import { TextLink } from './text-link';
import { BUMPS, versionState } from './version-words';

/** Every version there was, newest first; each compared with the one before. */
export function HistoryTable({ address, versions }: { address: string; versions: VersionRow[] }) {
  const compared = versions.filter((one) => one.status !== 'withdrawn');
  const beforeOf = (row: VersionRow) => {
    const at = compared.indexOf(row);
    return at === -1 ? undefined : compared[at + 1];
  };
  return (
    <Table
      caption="Versions"
      rows={versions}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'version',
          header: 'Version',
          rowHeader: true,
          cell: ({ version, bump }) => (
            <span className="flex flex-wrap items-center gap-2">
              {version} {bump && <Badge>{BUMPS[bump]}</Badge>}
            </span>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: ({ status }) => (
            <StatusBadge tone={versionState(status).tone}>{versionState(status).text}</StatusBadge>
          ),
        },
        {
          key: 'why',
          header: 'Why',
          className: 'min-w-52',
          cell: ({ reason, author }) => (
            <>
              <span className="block break-words">{reason || 'The first version'}</span>
              {author && <span className="block text-sm text-muted">by {author}</span>}
            </>
          ),
        },
        {
          key: 'when',
          header: 'When',
          cell: (row) => <When row={row} />,
        },
        {
          key: 'compare',
          header: 'Changes',
          cell: (row) => {
            const before = beforeOf(row);
            return (
              before && (
                <TextLink
                  href={`/products/${address}/versions/compare?from=${before.id}&to=${row.id}`}
                >
                  Since {before.version}
                </TextLink>
              )
            );
          },
        },
        {
          key: 'contract',
          header: 'Contract',
          cell: ({ version, status }) =>
            status !== 'withdrawn' && (
              <a
                className="link"
                href={`/api/v1/products/${address}/contract.yaml?format=odcs&version=${version}`}
                aria-label={`Contract ${version} as ODCS`}
                download
              >
                ODCS
              </a>
            ),
        },
      ]}
    />
  );
}

function When({ row }: { row: VersionRow }) {
  const { createdAt, activatedAt, retiredAt, sunsetAt } = row;
  if (retiredAt)
    return (
      <>
        retired <RelativeTime at={retiredAt} />
      </>
    );
  if (sunsetAt)
    return (
      <>
        ends <RelativeTime at={sunsetAt} />
      </>
    );
  if (activatedAt)
    return (
      <>
        in force since <RelativeTime at={activatedAt} />
      </>
    );
  return (
    <>
      proposed <RelativeTime at={createdAt} />
    </>
  );
}
