const FILE_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'file too large',
  EIO: 'input/output error',
  ENOSPC: 'no space left on device',
  EPERM: 'permission denied',
  EROFS: 'read-only file system',
};

/** The message for an error that means the folder cannot be written to, for example because the disk is full. */
export function storageFailure(error: unknown, folder: string): string | undefined {
  const reason = reasonOf(error);
  return (
    reason &&
    `Cannot write to ${folder}: ${reason}.\n` +
      'Free disk space or make the folder writable, or set DATA_DIR to another folder. Then start again: no stored data is lost.'
  );
}

function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // The cast: errors of Node's file system, SQLite and LevelDB have some of these.
  const { code = '', syscall = '', errstr, message } = error as NodeJS.ErrnoException & { errstr?: string };
  if (code === 'ERR_SQLITE_ERROR') return errstr;
  // LevelDB: `IO error: <path>: No space left on device`.
  if (code === 'LEVEL_IO_ERROR') return message.split(': ').at(-1)?.toLowerCase();
  return syscall === 'listen' ? undefined : FILE_ERRORS[code];
}
