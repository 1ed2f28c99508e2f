import { assemble, type Step } from './bpf';

/** The processors that a filter is made for: the numbers of system calls differ. */
type Processor = 'x64' | 'arm64';

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 of linux/audit.h. */
const architectures: Record<Processor, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/**
 * What no program needs and what has opened ways out of namespaces before, by its numbers in
 * asm/unistd_64.h for x64 and asm-generic/unistd.h for arm64; null where it does not exist.
 */
const refused: Record<string, [x64: number, arm64: number | null]> = {
  // Other processes: their memory, their descriptors.
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  kcmp: [312, 272],
  pidfd_getfd: [438, 438],
  // A process beside this one: each ends where the wall's first process ends, but may be too many.
  fork: [57, null],
  vfork: [58, null],
  // Namespaces and mounts.
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  // Parts of the kernel with a long list of faults.
  bpf: [321, 280],
  userfaultfd: [323, 282],
  perf_event_open: [298, 241],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  fanotify_init: [300, 262],
  modify_ldt: [154, null],
  move_pages: [279, 239],
  migrate_pages: [256, 238],
  // Memory that counts for no process and no folder.
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  shmget: [29, 194],
  msgget: [68, 186],
  semget: [64, 190],
  mq_open: [240, 180],
  // The machine.
  syslog: [103, 116],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  swapon: [167, 224],
  swapoff: [168, 225],
  reboot: [169, 142],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  iopl: [172, null],
  ioperm: [173, null],
};

const clone: Record<Processor, number> = { x64: 56, arm64: 220 };
const clone3 = 435;
const socket: Record<Processor, number> = { x64: 41, arm64: 198 };

/** CLONE_THREAD of linux/sched.h: a thread, and no process. */
const isThread = 0x00010000;

/** The CLONE_NEW… flags: a new user, process, network, IPC, UTS, cgroup or mount namespace. */
const newNamespace = 0x7e020000;

/** Unix, IPv4, IPv6 and netlink, by which a program lists its interfaces; all but the first lead nowhere. */
const families = [1, 2, 10, 16];

/** On x64 the numbers of another interface, x32, begin here. */
const x32 = 0x40000000;

/** Where struct seccomp_data of linux/seccomp.h holds the call's number, the processor, and the first argument. */
const callNumber = 0;
const architecture = 4;
const firstArgument = 16;

const allow = 0x7fff0000;
const fail = 0x00050000;
const EPERM = 1;
const ENOSYS = 38;

/** Whether there is a filter for a processor, by Node's name of it. */
export function isKnownProcessor(processor: string): processor is Processor {
  return processor in architectures;
}

/**
 * The filter of system calls behind the walls. What is refused fails with EPERM: the program goes on.
 * A new process may not be made, threads may.
 * @returns the BPF program, as `bwrap --seccomp` takes it
 */
export function systemCallFilter(processor: Processor): Buffer {
  const numbers = Object.values(refused).map(([x64, arm64]) => (processor === 'x64' ? x64 : arm64));
  const steps: Step[] = [
    { load: architecture },
    { if: 'equal', value: architectures[processor], no: 'refuse' },
    { load: callNumber },
    ...(processor === 'x64' ? [{ if: 'at least', value: x32, yes: 'refuse' } as const] : []),
    { if: 'equal', value: clone[processor], yes: 'clone' },
    // Its flags lie in memory, where a filter cannot look; whoever calls it falls back to clone.
    { if: 'equal', value: clone3, yes: 'unknown' },
    { if: 'equal', value: socket[processor], yes: 'socket' },
    ...numbers.flatMap((value): Step[] =>
      value === null ? [] : [{ if: 'equal', value, yes: 'refuse' }],
    ),
    { give: allow },
    { label: 'clone' },
    { load: firstArgument },
    { if: 'any bit of', value: isThread, no: 'refuse' },
    { if: 'any bit of', value: newNamespace, yes: 'refuse', no: 'allow' },
    { label: 'socket' },
    { load: firstArgument },
    ...families.map((value): Step => ({ if: 'equal', value, yes: 'allow' })),
    { label: 'refuse' },
    { give: fail | EPERM },
    { label: 'unknown' },
    { give: fail | ENOSYS },
    { label: 'allow' },
    { give: allow },
  ];
  return assemble(steps);
}
