import { Mail } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { hrefWith } from '@/components/ui/href';
import type { InsightScope } from './scope-href';
import { ShareDialog } from './share-dialog';

/** How figures reach others: a link, and e-mail. */
export function ShareActions({ scope, mayShare }: { scope: InsightScope; mayShare: boolean }) {
  const { domain = null, product = null } = scope;
  return (
    <>
      {mayShare && <ShareDialog scope={scope} />}
      <ButtonLink href={hrefWith('/insight/digests', {}, { domain, product })} icon={<Mail />}>
        By e-mail
      </ButtonLink>
    </>
  );
}
