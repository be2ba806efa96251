import { decay } from './cases/decay';
import { table } from './table';

table(decay);
