import type { Metadata } from 'next';
import { ProfileView } from '@/components/auth/profile-view';
import { ownProfile } from '@/lib/auth';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const ctx = await requireUserCtx();
  return <ProfileView profile={await ownProfile(ctx)} />;
}
