import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SetupForm } from '@/components/auth/setup-form';
import { PlainPage } from '@/components/shell/plain-page';
import { needsFirstAdmin } from '@/lib/auth';

export const metadata: Metadata = { title: 'First run' };
export const dynamic = 'force-dynamic';

export default async function SetupPage() {
  if (!(await needsFirstAdmin())) redirect('/signin');
  return (
    <PlainPage>
      <SetupForm />
    </PlainPage>
  );
}
