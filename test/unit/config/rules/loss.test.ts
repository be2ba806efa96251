import { loss } from './cases/loss';
import { table } from './table';

table(loss);
