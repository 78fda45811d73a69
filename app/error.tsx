'use client';

import type { ComponentProps } from 'react';
import { PlainPage } from '@/components/shell/plain-page';
import { RouteError } from '@/components/shell/route-error';

export default function ErrorPage(props: ComponentProps<typeof RouteError>) {
  return (
    <PlainPage>
      <RouteError {...props} />
    </PlainPage>
  );
}
