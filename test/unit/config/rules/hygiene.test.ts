import { hygiene } from './cases/hygiene';
import { table } from './table';

table(hygiene);
