const FILE_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'file too large',
  EIO: 'input/output error',
  ENOSPC: 'no space left on device',
  EPERM: 'permission denied',
  EROFS: 'read-only file system',
};

/** What to tell the user if an error means that the folder cannot be written to, for example since the disk is full. */
export function storageFailure(error: unknown, folder: string): string | undefined {
  const reason = reasonOf(error);
  return (
    reason &&
    `Cannot write to ${folder}: ${reason}.\n` +
      'Free some space there, or set DATA_DIR to another folder, and start again. What was stored before is not lost.'
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
