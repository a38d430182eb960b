import pg from 'pg';

/** An operator has looked: the database's clock is right, and publishing goes on. @returns the jump, if there was a doubt. */
export async function confirmClock(systemUrl: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: systemUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ jump_seconds: number }>(
      `update clock_doubts set confirmed_at = clock_timestamp(), confirmed_by = 'operator' where confirmed_at is null returning jump_seconds`,
    );
    return rows[0]?.jump_seconds;
  } finally {
    await client.end();
  }
}
