import type { Row } from './measure';
export async function writePage(rows: Row[], rounds: number): Promise<void> {
	void rows;
	void rounds;
}
