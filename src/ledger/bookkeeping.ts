/** Settings that say where a run writes, how it is called or on what it runs, and nothing of what is learnt. */
const BOOKKEEPING =
  /(^|_)((out|output|save|log|logging|work|run|exp|experiment|checkpoint|ckpt|result|results|tensorboard|cache)_?(dir|path|folder|root)|logdir|(run|exp|experiment|job|project|group|entity)_?(name|id)|hydra_run_dir|timestamp|wandb\w*|tags|notes|(num_)?workers|verbose|(master_)?port|local_rank|gpus?|gpu_ids?|cuda_visible_devices|(log|print)(ging)?_(interval|every|freq|steps|level))$/;
const SEED = /(^|_)(seeds?|random_state|manual_seed)$/;

/** Whether a setting by this name leaves the training as it is. */
export function isBookkeeping(name: string): boolean {
  return BOOKKEEPING.test(plain(name));
}

/** Whether it chooses the random numbers: runs that differ in nothing else tell how much chance does. */
export function isSeed(name: string): boolean {
  return SEED.test(plain(name));
}

function plain(name: string): string {
  return name.replace(/[-.\s]+/g, '_').toLowerCase();
}
