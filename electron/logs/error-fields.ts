/** An error's name, code and own frames. Not its message: messages quote data, and a log holds no incident text. */
export const errorFields = (error: unknown): { error: string; code: string; at: string } => {
  if (!(error instanceof Error)) return { error: typeof error, code: '', at: '' };
  const code = 'code' in error ? String(error.code).slice(0, 40) : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    code,
    at: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' < '),
  };
};
