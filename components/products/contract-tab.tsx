import { Download } from 'lucide-react';
import { FindingList } from '@/components/interop/finding-list';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Ctx } from '@/lib/core';
import { type ContractView, contractView } from '@/lib/interop';
import { CONTRACT_FORMATS, FORMAT_NAMES } from '@/lib/interop/formats';
import type { ProductPage } from '@/lib/serving';
import { ContractColumns } from './contract-columns';
import { ContractPromises } from './contract-promises';
import { ContractRules } from './contract-rules';

/** The contract of the product: what it promises, in one place and in every format. */
export async function ContractTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const { domain, name } = page;
  const contract = await contractView(ctx, domain, name);
  return (
    <div className="flex flex-col gap-6">
      <ContractHead contract={contract} address={`${domain}/${name}`} />
      <ContractColumns columns={contract.columns} />
      <ContractRules rules={contract.rules} kept={contract.keptRules} />
      <ContractPromises contract={contract} />
      <ContractLint contract={contract} />
    </div>
  );
}

function ContractHead({ contract, address }: { contract: ContractView; address: string }) {
  const { imported, id, version, otherObjects } = contract;
  return (
    <Card
      title="Contract"
      description="What the product promises. Other tools read it in these formats; each file is valid in its own version."
      actions={CONTRACT_FORMATS.map((format) => (
        <a
          key={format}
          className="link inline-flex items-center gap-1.5"
          href={`/api/v1/products/${address}/contract.yaml?format=${format}`}
          title={FORMAT_NAMES[format]}
          download
        >
          <Download className="size-4" aria-hidden />
          {format === 'dataproduct' ? 'DataProduct' : format.toUpperCase()}
        </a>
      ))}
    >
      <KeyValue
        items={[
          { label: 'Id', value: id, mono: true },
          { label: 'Version', value: version },
          {
            label: 'Came from',
            value: imported ? (
              <>
                {FORMAT_NAMES[imported.format]} {imported.version}, imported{' '}
                <RelativeTime at={imported.at} />. What is not understood here is kept in every
                export of that format.
              </>
            ) : (
              'The wizard. Exports are written anew.'
            ),
          },
          ...(otherObjects.length > 0
            ? [
                {
                  label: 'Other tables',
                  value: (
                    <span className="flex flex-wrap gap-1">
                      {otherObjects.map((one) => (
                        <Badge key={one}>{one}</Badge>
                      ))}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function ContractLint({ contract: { findings } }: { contract: ContractView }) {
  return (
    <Card
      title="Check"
      description="What a check of the contract says, as it would be exported now as ODCS."
    >
      {findings.length === 0 ? (
        <p>Nothing to remark.</p>
      ) : (
        <FindingList findings={findings} withPlaces={false} />
      )}
    </Card>
  );
}
