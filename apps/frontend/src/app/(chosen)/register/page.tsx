import type { Metadata } from 'next';
import { RegisterForm } from '@/features/auth/register-form.tsx';

export const metadata: Metadata = { title: 'Create your studio' };

export default function Page() {
  return <RegisterForm />;
}
