import { training } from './cases/training';
import { table } from './table';

table(training);
