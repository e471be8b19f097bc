// An identity provider that is not ours: npm's samlify, with a key and a certificate made here.
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import samlify from 'samlify'

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

// What comes in is checked by the tests; samlify wants to be told so.
samlify.setSchemaValidator({ validate: async () => 'not checked' })

/** DER (ITU-T X.690): a tag, the length, what it holds. */
function der(tag, ...parts) {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

/** Self-signed (RFC 5280), as identity providers have them. */
function certificate(privateKey, publicKey) {
  const rsaWithSha256 = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
  const commonName = Buffer.from('0603550403', 'hex')
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from('idp')))))
  const day = (text) => der(0x17, Buffer.from(text))
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    rsaWithSha256,
    name,
    der(0x30, day('250101000000Z'), day('490101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', body, privateKey)
  return der(0x30, body, rsaWithSha256, der(0x03, Buffer.from([0]), signature)).toString('base64')
}

const TEMPLATE = samlify.SamlLib.defaultLoginResponseTemplate.context
  .replace('{AuthnStatement}', '<saml:AuthnStatement AuthnInstant="{IssueInstant}"/>')

/** `metadataUrl` is where it says what it is; `answer` what it says of a person. */
export async function identityProvider() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const entity = samlify.IdentityProvider({
    entityID: 'https://idp.example/metadata',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    signingCert: certificate(privateKey, publicKey),
    requestSignatureAlgorithm: RSA_SHA256,
    nameIDFormat: [EMAIL],
    singleSignOnService: [
      { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: 'https://idp.example/sso' },
    ],
    loginResponseTemplate: {
      context: TEMPLATE,
      attributes: [
        { name: 'mail', valueTag: 'email', nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic', valueXsiType: 'xs:string' },
        { name: 'dept', valueTag: 'dept', nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic', valueXsiType: 'xs:string' },
      ],
    },
  })
  const server = createServer((_, response) => response.end(entity.getMetadata()))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

  /** The form that a browser would post back for the page `url`. `whole` signs the response, not the assertion. */
  async function answer(selfMetadata, url, { email, dept = 'engines' }, whole = false) {
    const self = samlify.ServiceProvider({
      metadata: whole ? selfMetadata.replace('WantAssertionsSigned="true"', 'WantAssertionsSigned="false"') : selfMetadata,
    })
    const query = Object.fromEntries(new URL(url).searchParams)
    const request = await entity.parseLoginRequest(self, 'redirect', { query })
    const now = new Date()
    const later = new Date(now.getTime() + 300_000).toISOString()
    const acs = self.entityMeta.getAssertionConsumerService('post')
    const values = {
      ID: `_r${crypto.randomUUID()}`,
      AssertionID: `_a${crypto.randomUUID()}`,
      Destination: acs,
      Audience: self.entityMeta.getEntityID(),
      SubjectRecipient: acs,
      Issuer: entity.entityMeta.getEntityID(),
      IssueInstant: now.toISOString(),
      StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      ConditionsNotBefore: now.toISOString(),
      ConditionsNotOnOrAfter: later,
      SubjectConfirmationDataNotOnOrAfter: later,
      NameIDFormat: EMAIL,
      NameID: email,
      InResponseTo: request.extract.request.id,
      attrEmail: email,
      attrDept: dept,
    }
    const { context } = await entity.createLoginResponse(self, request, 'post', { email }, (template) => ({
      id: values.ID,
      context: samlify.SamlLib.replaceTagsByValue(template, values),
    }))
    return new URLSearchParams({ SAMLResponse: context, RelayState: query.RelayState })
  }

  return {
    metadata: entity.getMetadata(),
    metadataUrl: `http://localhost:${server.address().port}/metadata`,
    answer,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
