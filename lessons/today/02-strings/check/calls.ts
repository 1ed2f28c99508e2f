/** What the file calls, and what it prints on a Redis that is empty. */
export const school = { key: 'Holberton', value: 'School' };
export const counted = { key: 'HolbertonSanFrancisco', value: '100' };

/** What setNewSchool is called with, in this order; the last one comes too late. */
export const newSchools = [school, counted, { key: school.key, value: '200' }];

/** The code that is to be forgotten. */
export const code = { key: 'code:4153518780', value: '7788', seconds: 600 };

/** The functions of the task, and what each takes. */
export const functions = {
  setNewSchool: ['schoolName', 'value'],
  displaySchoolValue: ['schoolName'],
  saveCode: ['phoneNumber', 'code'],
  addStudent: ['schoolName'],
};
