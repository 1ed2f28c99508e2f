/** The function under test, so that the tests find it beside them as they do in a workspace. */
export { default } from '../10-job-function/8-job';
