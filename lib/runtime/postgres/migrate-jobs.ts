import { workerData } from 'node:worker_threads';
import { DBOS } from '@dbos-inc/dbos-sdk';

// A thread of its own, because DBOS writes its progress to the screen and has no switch for it.
const { ownerUrl, applicationRole } = workerData as { ownerUrl: string; applicationRole: string };
await DBOS.migrate(ownerUrl, { applicationRole });
