import { validation } from './cases/validation';
import { table } from './table';

table(validation);
