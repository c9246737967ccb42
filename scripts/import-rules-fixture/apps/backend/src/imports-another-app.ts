import { answer } from '../../media/src/answer.ts';
export const question = answer;
