import { notFound } from 'next/navigation';
import { isAppError } from '@/lib/core';

/** Pages answer what does not exist, or may not be seen, with the not-found page. */
export async function orNotFound<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isAppError(error) && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
    throw error;
  }
}
