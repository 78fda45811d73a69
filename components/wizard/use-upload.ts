'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '@/components/products/fetch-json';
import type { DraftView } from '@/lib/products/draft-queries';

export type UploadState =
  | { kind: 'idle' }
  | { kind: 'sending'; fileName: string; sent: number; total: number; bytesPerSecond: number }
  | { kind: 'checking'; fileName: string }
  | { kind: 'failed'; fileName: string; message: string };

interface Handlers {
  /** Before the first byte; false keeps the file here. */
  prepare(): Promise<boolean>;
  onDone(draft: DraftView): void;
  /** It failed or was cancelled. */
  onFail(): void;
}

/** Sends a file with progress (which `fetch` cannot report) and can be cancelled. */
export function useUpload(draftId: string, handlers: Handlers) {
  const [state, setState] = useState<UploadState>({ kind: 'idle' });
  const request = useRef<XMLHttpRequest | null>(null);
  useEffect(() => () => request.current?.abort(), []);

  const cancel = useCallback(() => {
    request.current?.abort();
    setState({ kind: 'idle' });
  }, []);

  const send = async (file: File) => {
    if (request.current || !(await handlers.prepare())) return;
    const xhr = new XMLHttpRequest();
    request.current = xhr;
    const startedAt = performance.now();
    const fileName = file.name;
    const fail = (message: string) => {
      setState({ kind: 'failed', fileName, message });
      handlers.onFail();
    };
    xhr.open(
      'PUT',
      `/api/v1/drafts/${draftId}/source/file?${new URLSearchParams({ name: fileName })}`,
    );
    xhr.setRequestHeader('content-type', 'application/octet-stream');
    xhr.upload.onprogress = ({ loaded, total }) => {
      const seconds = Math.max(0.001, (performance.now() - startedAt) / 1000);
      setState({
        kind: 'sending',
        fileName,
        sent: loaded,
        total,
        bytesPerSecond: loaded / seconds,
      });
    };
    xhr.upload.onload = () => setState({ kind: 'checking', fileName });
    xhr.onload = () => {
      const body = parse(xhr.responseText);
      if (xhr.status < 300 && body) {
        setState({ kind: 'idle' });
        handlers.onDone(body as DraftView);
      } else fail((body as Problem | null)?.detail || 'The portal did not answer as expected.');
    };
    xhr.onerror = () => fail('The connection broke off. Check the network and try again.');
    xhr.onabort = () => handlers.onFail();
    xhr.onloadend = () => {
      request.current = null;
    };
    setState({ kind: 'sending', fileName, sent: 0, total: file.size, bytesPerSecond: 0 });
    xhr.send(file);
  };

  return { state, send: (file: File) => void send(file), cancel };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
