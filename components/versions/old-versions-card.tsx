'use client';

import {
  endVersionAction,
  followNewestAction,
} from '@/app/(portal)/products/[domain]/[product]/versions/actions';
import { StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import type { OldVersion, PinnedInput } from '@/lib/provisioning/versions';
import { daysUntil } from './version-words';

/** Older versions that still answer, each with its day and who lives on it. */
export function OldVersionsCard({
  address,
  versions,
}: {
  address: string;
  versions: OldVersion[];
}) {
  return (
    <Card
      title="Older versions that still answer"
      description="They keep their schema, their rows, their quality rules and their own loads until their day."
    >
      <ul className="grid gap-4">
        {versions.map((one) => (
          <li key={one.id} className="flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0">
              <p className="font-medium">
                Version {one.version} ends {daysUntil(one.sunsetAt)}{' '}
                <span className="font-normal text-muted">
                  (<RelativeTime at={one.sunsetAt} />)
                </span>
              </p>
              <code className="font-mono text-sm break-all text-muted">
                /api/v1/data/{address}/rows?version={one.version.split('.')[0]}
              </code>
              <p className="text-sm text-muted">{livesOn(one)}</p>
              <Quality quality={one.quality} />
            </div>
            {one.canEnd && <EndButton version={one} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What the newest check of the version found, by the rules that its own contract promises. */
function Quality({ quality }: { quality: OldVersion['quality'] }) {
  if (!quality) return <p className="text-sm text-muted">Its rows have not been checked yet.</p>;
  const { passed, rules, at, failing } = quality;
  return (
    <div className="mt-1 text-sm">
      <StatusBadge tone={failing.length > 0 ? 'warn' : 'ok'}>
        {passed} of {rules} quality rules met
      </StatusBadge>{' '}
      <span className="text-muted">
        checked <RelativeTime at={at} />
      </span>
      {failing.length > 0 && (
        <ul className="mt-1 grid gap-1" aria-label="Rules that are not met">
          {failing.map((rule) => (
            <li key={rule.name} className="break-words">
              <span className="font-medium">{rule.name}</span>{' '}
              <span className="text-muted">
                {[
                  rule.message,
                  rule.failing > 0 &&
                    `${rule.failing.toLocaleString('en')} of ${rule.checked.toLocaleString('en')} rows break it.`,
                ]
                  .filter(Boolean)
                  .join('. ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function livesOn({ readers, products }: OldVersion): string {
  if (readers + products === 0)
    return 'Nobody read it in the last 7 days, and no product is pinned to it.';
  const people = `${readers} ${readers === 1 ? 'person' : 'people'} read it in the last 7 days`;
  return `${people}; ${products} ${products === 1 ? 'product is' : 'products are'} pinned to it.`;
}

function EndButton({ version }: { version: OldVersion }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger-quiet">
          End now
        </Button>
      }
      title={`End version ${version.version} now?`}
      effects={[
        'It answers 410 from now on, with the way to the version in force.',
        'Its files are destroyed. They cannot be brought back.',
        livesOn(version),
      ]}
      confirmLabel="End it"
      ask={{ label: 'Reason', most: 500 }}
      onConfirm={(reason) => endVersionAction({ versionId: version.id, reason })}
      done={`Version ${version.version} is being retired`}
    />
  );
}

/** Sources that this product reads at an older version. */
export function PinnedInputsCard({
  productId,
  inputs,
}: {
  productId: string;
  inputs: PinnedInput[];
}) {
  return (
    <Card
      title="Sources at an older version"
      description="They were pinned when their newest version broke something. At the old version’s sunset this product reads the newest."
    >
      <ul className="grid gap-3">
        {inputs.map(({ sourceId, address, version, canFollow }) => (
          <li key={sourceId} className="flex flex-wrap items-center justify-between gap-3">
            <span>
              {address} at version {version}
            </span>
            {canFollow && (
              <ConfirmDialog
                trigger={<Button size="sm">Read the newest</Button>}
                danger={false}
                title={`Read the newest version of ${address}?`}
                effects={[
                  'The next load reads it. It fails, and nothing changes, when a column is missing.',
                ]}
                confirmLabel="Read the newest"
                onConfirm={() => followNewestAction({ productId, sourceId })}
                done={`${address} is read at its newest version`}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
