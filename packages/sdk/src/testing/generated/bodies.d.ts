// Generated from the contract by `pnpm generate`. Do not edit.
import type { ValidateFunction } from 'ajv';

export const registerUser: ValidateFunction;
export const confirmUser: ValidateFunction;
export const resendConfirmation: ValidateFunction;
export const loginUser: ValidateFunction;
export const forgotPassword: ValidateFunction;
export const resetPassword: ValidateFunction;
export const changePassword: ValidateFunction;
export const sendMessage: ValidateFunction;
export const editMessage: ValidateFunction;
export const rateReply: ValidateFunction;
export const createConversation: ValidateFunction;
export const updateConversation: ValidateFunction;
