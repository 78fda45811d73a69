'use server';

import {
  CertifyProductInput,
  certifyProduct,
  RenewCertificationInput,
  renewCertification,
  WithdrawCertificationInput,
  withdrawCertification,
} from '@/lib/governance';
import { action } from '@/lib/http/action';

export const certifyProductAction = action(CertifyProductInput, certifyProduct);
export const renewCertificationAction = action(RenewCertificationInput, renewCertification);
export const withdrawCertificationAction = action(
  WithdrawCertificationInput,
  withdrawCertification,
);
