import OpenAI from 'openai';

const openai = new OpenAI({ apiKey: 'example' });
console.log(await openai.models.retrieve('1'));
