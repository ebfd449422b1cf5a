import Stripe from 'stripe';

const stripe = new Stripe('example');
console.log(await stripe.customers.retrieve('1'));
